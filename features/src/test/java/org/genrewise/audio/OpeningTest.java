package org.genrewise.audio;

import static org.genrewise.audio.Signals.tone;
import static org.genrewise.audio.Signals.wav;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What can be wrong before the first sample, and what is left open after the last. */
class OpeningTest {
  private static final byte[] SONG = wav(22_050, 1, tone(22_050, 440, 4));
  private static final StandardAudioDecoder DECODER =
      new StandardAudioDecoder(DecoderSettings.DEFAULT);

  @TempDir Path folder;

  @Test
  void refusesWhatIsNotThere() {
    assertRefused(AudioException.Kind.NOT_FOUND, folder.resolve("missing.mp3"));
  }

  @Test
  void refusesALinkToNothing() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("link.mp3"), Path.of("nowhere.mp3"));
    assertRefused(AudioException.Kind.NOT_FOUND, link);
  }

  @Test
  void refusesAFolder() throws IOException {
    Path named = Files.createDirectory(folder.resolve("folder.mp3"));
    assertRefused(AudioException.Kind.IS_DIRECTORY, named);
  }

  @Test
  void refusesADevice() {
    assertRefused(AudioException.Kind.NOT_AUDIO, Path.of("/dev/zero"));
  }

  @Test
  void refusesWhatMayNotBeRead() throws IOException {
    Path file = Files.write(folder.resolve("unreadable.mp3"), SONG);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
    assumeFalse(Files.isReadable(file), "skipped: root may read everything");
    assertRefused(AudioException.Kind.UNREADABLE, file);
  }

  @Test
  void refusesAFileWithoutBytes() throws IOException {
    assertRefused(AudioException.Kind.EMPTY_FILE, Files.createFile(folder.resolve("zero.mp3")));
  }

  @Test
  void refusesAStreamWithoutBytes() {
    AudioException refusal =
        assertThrows(
            AudioException.class, () -> DECODER.open("zero", () -> InputStream.nullInputStream()));
    assertEquals(AudioException.Kind.EMPTY_FILE, refusal.kind());
  }

  @Test
  void followsLinks() throws Exception {
    Path song = Files.write(folder.resolve("song.wav"), SONG);
    Path link = Files.createSymbolicLink(folder.resolve("link"), song);
    assertEquals(4, AudioClip.readAll(DECODER.open(link)).durationSeconds());
  }

  @Test
  void blamesTheStorageWhenAStreamCannotBeOpened() {
    AudioException refusal =
        assertThrows(
            AudioException.class,
            () ->
                DECODER.open(
                    "bucket/song.mp3",
                    () -> {
                      throw new IOException("connection reset");
                    }));
    assertEquals(AudioException.Kind.IO, refusal.kind());
    assertEquals("bucket/song.mp3: reading failed: connection reset", refusal.getMessage());
    assertFalse(refusal.kind().permanent());
  }

  @Test
  void blamesTheStorageWhenAStreamBreaksOff() throws Exception {
    AudioStream stream = DECODER.open("song", () -> new Counted(SONG, 60_000, new AtomicInteger()));
    AudioException refusal = assertThrows(AudioException.class, () -> AudioClip.readAll(stream));
    assertEquals(AudioException.Kind.IO, refusal.kind());
  }

  @Test
  void refusesStreamsThatWouldFillTheDisk() {
    StandardAudioDecoder small =
        new StandardAudioDecoder(DecoderSettings.DEFAULT.withMaximumSpoolBytes(1000));
    AudioException refusal =
        assertThrows(
            AudioException.class,
            () -> small.open("large", () -> new ByteArrayInputStream(new byte[2000])));
    assertEquals(AudioException.Kind.TOO_LONG, refusal.kind());
    assertTrue(refusal.getMessage().contains("1000 bytes"), refusal.getMessage());
  }

  @Test
  void closesEveryStream() throws Exception {
    AtomicInteger open = new AtomicInteger();
    AudioClip.readAll(DECODER.open("song", () -> new Counted(SONG, Integer.MAX_VALUE, open)));
    assertEquals(0, open.get());
    byte[] other = "no audio ".repeat(1000).getBytes(StandardCharsets.US_ASCII);
    assertThrows(
        AudioException.class,
        () -> DECODER.open("text", () -> new Counted(other, Integer.MAX_VALUE, open)));
    assertEquals(0, open.get());
  }

  @Test
  void hidesLineBreaksOfNames() {
    AudioException refusal =
        assertThrows(AudioException.class, () -> DECODER.open(folder.resolve("a\nb\u001b[0m")));
    assertTrue(refusal.getMessage().contains("a?b?[0m: no such file"), refusal.getMessage());
  }

  /** Executors often run without a locale; Java cannot spell the names then. */
  @Test
  void readsFilesWhoseNamesTheLocaleCannotSpell() throws Exception {
    Files.write(folder.resolve("Ünïcödé 音楽 ☂.wav"), SONG);
    Path script = Files.writeString(folder.resolve("no audio 音楽"), "text ".repeat(1000));
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Folder.class.getName(),
                folder.toString())
            .redirectErrorStream(true);
    builder.environment().put("LC_ALL", "POSIX");
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor(1, TimeUnit.MINUTES));
    assertTrue(Files.exists(script));
    assertEquals("NOT_AUDIO\ndecoded 4.0\n", said);
  }

  /** Decodes every file of a folder, in another JVM. */
  static final class Folder {
    private Folder() {}

    public static void main(String[] arguments) throws IOException {
      try (Stream<Path> files = Files.list(Path.of(arguments[0]))) {
        files.map(Folder::outcome).sorted().forEach(System.out::println);
      }
    }

    private static String outcome(Path file) {
      try {
        return "decoded " + AudioClip.readAll(DECODER.open(file)).durationSeconds();
      } catch (AudioException e) {
        return e.kind().name();
      }
    }
  }

  private static void assertRefused(AudioException.Kind kind, Path file) {
    AudioException refusal = assertThrows(AudioException.class, () -> DECODER.open(file));
    assertEquals(kind, refusal.kind());
    assertTrue(refusal.getMessage().startsWith(file.toString()), refusal.getMessage());
  }

  /** Fails after so many bytes, and counts how many of its kind are open. */
  private static final class Counted extends FilterInputStream {
    private final AtomicInteger open;
    private int left;

    Counted(byte[] content, int left, AtomicInteger open) {
      super(new ByteArrayInputStream(content));
      this.left = left;
      this.open = open;
      open.incrementAndGet();
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      if (left <= 0) {
        throw new IOException("connection reset");
      }
      int read = super.read(bytes, offset, Math.min(left, length));
      left -= read;
      return read;
    }

    @Override
    public void close() throws IOException {
      open.decrementAndGet();
      super.close();
    }
  }
}
