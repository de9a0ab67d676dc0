package org.genrewise.audio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class FfmpegProgramTest {
  @Test
  void findsOneThatStarts() throws AudioException {
    FfmpegProgram program = FfmpegProgram.find(Optional.empty());
    assertTrue(Files.isExecutable(program.executable()));
    assertTrue(program.version().matches("\\S+"), program.version());
    String description = new StandardAudioDecoder(DecoderSettings.DEFAULT).description();
    assertEquals("WAV: built in; other audio: " + program.description(), description);
  }

  @Test
  void usesTheConfiguredOneOrNone() throws AudioException {
    FfmpegProgram found = FfmpegProgram.find(Optional.empty());
    FfmpegProgram configured = FfmpegProgram.find(Optional.of(found.executable()));
    assertEquals(found.executable(), configured.executable());
    AudioException refusal =
        assertThrows(
            AudioException.class, () -> FfmpegProgram.find(Optional.of(Path.of("missing"))));
    assertSame(AudioException.Kind.DECODER_UNAVAILABLE, refusal.kind());
    assertTrue(refusal.getMessage().contains("missing"), refusal.getMessage());
  }

  /** A library that is in this JVM can take it down. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void keepsFfmpegOutOfThisJvm() throws AudioException, IOException {
    FfmpegProgram.find(Optional.empty());
    assertFalse(Files.readString(Path.of("/proc/self/maps")).contains("libavcodec"));
  }
}
