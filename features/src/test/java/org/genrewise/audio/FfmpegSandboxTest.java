package org.genrewise.audio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A file that names other places does not make the decoder go there. */
class FfmpegSandboxTest {
  private static final AudioDecoder DECODER = new StandardAudioDecoder(DecoderSettings.DEFAULT);

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "#EXTM3U\n#EXT-X-TARGETDURATION:4\n#EXTINF:4,\nhttp://127.0.0.1:PORT/a.ts\n#EXT-X-ENDLIST\n",
        "#EXTM3U\n#EXT-X-TARGETDURATION:4\n#EXT-X-KEY:METHOD=AES-128,URI=\"http://127.0.0.1:PORT/k\"\n"
            + "#EXTINF:4,\nfile:SECRET\n#EXT-X-ENDLIST\n",
        "#EXTM3U\n#EXT-X-TARGETDURATION:4\n#EXTINF:4,\n"
            + "concat:http://127.0.0.1:PORT/|file:SECRET\n#EXT-X-ENDLIST\n",
        "ffconcat version 1.0\nfile 'http://127.0.0.1:PORT/a.mp3'\nfile 'SECRET'\n",
        "[playlist]\nFile1=http://127.0.0.1:PORT/a.mp3\nFile2=SECRET\nNumberOfEntries=2\n",
        "<?xml version=\"1.0\"?><MPD xmlns=\"urn:mpeg:dash:schema:mpd:2011\" type=\"static\"><Period>"
            + "<AdaptationSet mimeType=\"audio/mp4\"><Representation id=\"1\" bandwidth=\"1\">"
            + "<BaseURL>http://127.0.0.1:PORT/a.m4a</BaseURL></Representation></AdaptationSet>"
            + "</Period></MPD>",
      })
  void connectsToNothing(String content) throws Exception {
    Path secret = Files.writeString(folder.resolve("secret"), "the secret");
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Path file = folder.resolve("list.mp3");
      Files.writeString(
          file,
          content
              .replace("PORT", Integer.toString(server.getLocalPort()))
              .replace("SECRET", secret.toString()));

      AudioException refusal =
          assertThrows(AudioException.class, () -> AudioClip.readAll(DECODER.open(file)));
      assertThrows(AudioException.class, () -> readPiece(file));

      assertEquals(AudioException.Kind.NOT_AUDIO, refusal.kind());
      server.setSoTimeout(50);
      assertThrows(SocketTimeoutException.class, server::accept, "somebody came");
    }
  }

  private static void readPiece(Path file) throws AudioException {
    try (AudioPieces pieces = DECODER.pieces(file)) {
      AudioClip.readAll(pieces.piece(0, 1000));
    }
  }
}
