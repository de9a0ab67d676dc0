package org.genrewise.audio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a decoder may do to this JVM, shown with scripts that stand in for ffmpeg. */
class FfmpegLimitsTest {
  /** The start of what ffmpeg writes: one channel of 32-bit floats at 22050 Hz. */
  private static final String HEADER =
      "printf 'RIFF\\377\\377\\377\\377WAVEfmt \\020\\000\\000\\000\\003\\000\\001\\000"
          + "\\042\\126\\000\\000\\210\\130\\001\\000\\004\\000\\040\\000data\\377\\377\\377\\377'; ";

  private static final String OPENED = "echo '[info] Input #0, flac' >&2; ";

  private static final Duration IMPATIENT = Duration.ofMillis(400);
  private static final Duration PATIENT = Duration.ofMinutes(1);

  @TempDir Path folder;
  private Path input;

  @BeforeEach
  void makeInput() throws IOException {
    input = Files.writeString(folder.resolve("song.flac"), "any content");
  }

  @Test
  void waitsNoLongerThanTheTimeoutForTheFirstSample() throws IOException {
    assertEquals(AudioException.Kind.TIMEOUT, impatientRefusal("exec sleep 1000"));
  }

  @Test
  void waitsNoLongerThanTheTimeoutForTheNextSample() throws IOException {
    String script = HEADER + "head -c 400000 /dev/urandom | tr '\\177\\377' '01'; exec sleep 1000";
    assertEquals(AudioException.Kind.TIMEOUT, impatientRefusal(script));
  }

  @Test
  void doesNotCountTheTimeOfTheReader() throws Exception {
    AudioDecoder decoder =
        decoder(HEADER + "head -c 4000000 /dev/zero; printf '\\0\\0\\0\\077'", IMPATIENT);
    try (AudioStream stream = decoder.open(input)) {
      float[] buffer = new float[1 << 13];
      stream.read(buffer, 0, buffer.length);
      Thread.sleep(IMPATIENT.toMillis() * 3 / 2);
      while (stream.read(buffer, 0, buffer.length) >= 0) {}
      assertEquals(List.of(), stream.warnings());
    }
  }

  @Test
  void waitsNoLongerThanTheTimeoutForAllPiecesTogether() throws Exception {
    String script = HEADER + "sleep 0.8; head -c 400000 /dev/urandom | tr '\\177\\377' '01'";
    AudioDecoder decoder = decoder(script, Duration.ofMillis(1500));
    decoder.description();
    try (AudioPieces pieces = decoder.pieces(input)) {
      AudioClip.readAll(pieces.piece(0, 1000));
      AudioException refusal =
          assertThrows(AudioException.class, () -> AudioClip.readAll(pieces.piece(100_000, 1000)));
      assertEquals(AudioException.Kind.TIMEOUT, refusal.kind());
    }
  }

  @Test
  void endsTheDecoderOfEveryPiece() throws Exception {
    AudioDecoder decoder =
        decoder(HEADER + "echo \"[info] Output #0\" >&2; exec cat /dev/zero", PATIENT);
    decoder.description();
    List<Long> before = children();
    try (AudioPieces pieces = decoder.pieces(input)) {
      pieces.claimedSamples();
      assertEquals(before.size() + 1, children().size());
      try (AudioStream piece = pieces.piece(100_000, 1000)) {
        piece.read(new float[1000], 0, 1000);
        assertEquals(before.size() + 1, children().size());
      }
      assertEquals(before, children());
      pieces.claimedSamples();
    }
    assertEquals(before, children());
  }

  @Test
  void outlivesTheCrashOfTheDecoder() throws IOException {
    AudioException refusal = refusal("kill -SEGV $$");
    assertEquals(AudioException.Kind.CORRUPT, refusal.kind());
    assertTrue(refusal.getMessage().contains("139"), refusal.getMessage());
  }

  @Test
  void refusesWhatEndsInFailureAfterManySamples() throws IOException {
    String script = OPENED + HEADER + "head -c 1000000 /dev/zero; echo '[error] lost' >&2; exit 1";
    AudioException refusal = refusal(script);
    assertEquals(AudioException.Kind.CORRUPT, refusal.kind());
    assertTrue(refusal.getMessage().contains("lost"), refusal.getMessage());
  }

  @Test
  void blamesTheMachineWhenTheSystemKillsTheDecoder() throws IOException {
    assertEquals(AudioException.Kind.IO, refusal(OPENED + "kill -KILL $$").kind());
  }

  @Test
  void keepsLittleOfWhatADecoderSays() throws IOException {
    AudioException refusal =
        refusal("printf '[error] ' >&2; head -c 20000000 /dev/zero | tr '\\000' x >&2; exit 1");
    assertEquals(AudioException.Kind.NOT_AUDIO, refusal.kind());
    assertTrue(refusal.getMessage().length() < 500, refusal.getMessage());
  }

  @Test
  void keepsTheNameOfTheFileToItself() throws IOException {
    AudioException refusal =
        refusal("case \"$*\" in *song*) echo '[error] told';; *) echo '[error] untold';; esac >&2");
    assertTrue(refusal.getMessage().endsWith("untold)"), refusal.getMessage());
  }

  @Test
  void keepsItsEnvironmentToItself() throws IOException {
    AudioException refusal = refusal("echo \"[error] home=$HOME user=$USER.\" >&2; exit 1");
    assertTrue(refusal.getMessage().contains("home= user=."), refusal.getMessage());
  }

  @Test
  void removesTheTemporaryFolder() throws IOException {
    AudioException refusal = refusal("echo \"[error] in $PWD .\" >&2; exit 1");
    String message = refusal.getMessage();
    Path used = Path.of(message.substring(message.indexOf(" in ") + 4, message.lastIndexOf(" .")));
    assertTrue(used.getFileName().toString().startsWith("genrewise-"), message);
    assertFalse(Files.exists(used), message);
  }

  @Test
  void limitsMemoryAndFiles() throws IOException {
    AudioException refusal =
        refusal("echo \"[error] $(ulimit -v) $(ulimit -f) $(ulimit -t) .\" >&2; exit 1");
    assertTrue(refusal.getMessage().contains("2097152 0 61 ."), refusal.getMessage());
  }

  @Test
  void endsTheDecoderWhenTheReaderHasEnough() throws Exception {
    AudioDecoder decoder = decoder(HEADER + "exec cat /dev/zero", PATIENT);
    decoder.description();
    List<Long> before = children();
    AudioStream stream = decoder.open(input);
    stream.read(new float[1000], 0, 1000);
    assertEquals(before.size() + 1, children().size());
    stream.close();
    assertEquals(before, children());
  }

  @Test
  void refusesWhatNeverEnds() throws IOException {
    AudioDecoder decoder =
        new StandardAudioDecoder(
            settings(HEADER + "exec cat /dev/zero", PATIENT).withSeconds(3, 60));
    AudioException refusal =
        assertThrows(AudioException.class, () -> AudioClip.readAll(decoder.open(input)));
    assertEquals(AudioException.Kind.TOO_LONG, refusal.kind());
  }

  @Test
  void asksForAnExecutableThatIsFfmpeg() throws IOException {
    Path other = script("echo hello");
    AudioDecoder decoder = new StandardAudioDecoder(DecoderSettings.DEFAULT.withFfmpeg(other));
    AudioException refusal = assertThrows(AudioException.class, () -> decoder.open(input));
    assertEquals(AudioException.Kind.DECODER_UNAVAILABLE, refusal.kind());
    assertTrue(decoder.description().contains(other.toString()), decoder.description());
  }

  @Test
  void tellsWhichLibraryIsMissing() throws IOException {
    Path broken =
        script("echo 'error while loading shared libraries: libxcb.so.1: not there' >&2; exit 127");
    AudioDecoder decoder = new StandardAudioDecoder(DecoderSettings.DEFAULT.withFfmpeg(broken));
    AudioException refusal = assertThrows(AudioException.class, () -> decoder.open(input));
    assertEquals(AudioException.Kind.DECODER_UNAVAILABLE, refusal.kind());
    assertTrue(refusal.getMessage().contains("libxcb.so.1: not there"), refusal.getMessage());
    assertTrue(refusal.getMessage().contains("apt-get install libxcb1"), refusal.getMessage());
  }

  private AudioException.Kind impatientRefusal(String script) throws IOException {
    AudioDecoder decoder = decoder(script, IMPATIENT);
    return assertThrows(AudioException.class, () -> AudioClip.readAll(decoder.open(input))).kind();
  }

  private AudioException refusal(String script) throws IOException {
    AudioDecoder decoder = decoder(script, PATIENT);
    return assertThrows(AudioException.class, () -> AudioClip.readAll(decoder.open(input)));
  }

  private AudioDecoder decoder(String script, Duration timeout) throws IOException {
    return new StandardAudioDecoder(settings(script, timeout));
  }

  private DecoderSettings settings(String script, Duration timeout) throws IOException {
    String whole = "[ \"$1\" = -version ] && echo ffmpeg version 0-test && exit; " + script;
    return DecoderSettings.DEFAULT.withFfmpeg(script(whole)).withTimeout(timeout);
  }

  private Path script(String text) throws IOException {
    Path script = Files.writeString(folder.resolve("ffmpeg"), "#!/bin/sh\n" + text + "\n");
    return Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
  }

  private static List<Long> children() {
    return ProcessHandle.current()
        .children()
        .map(ProcessHandle::pid)
        .sorted()
        .collect(Collectors.toList());
  }
}
