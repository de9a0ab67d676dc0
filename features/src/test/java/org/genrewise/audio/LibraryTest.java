package org.genrewise.audio;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.genrewise.testing.SharedData;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Real music in six encodings. */
class LibraryTest {
  private static final AudioDecoder DECODER = new StandardAudioDecoder(DecoderSettings.DEFAULT);

  @TestFactory
  Stream<DynamicTest> everyClipDecodesToThirtySecondsWithoutWarning() throws IOException {
    Path folder = SharedData.path("audio/library/manifest.csv").getParent();
    return Files.readAllLines(folder.resolve("manifest.csv")).stream()
        .skip(1)
        .map(line -> line.substring(0, line.indexOf(',')))
        .map(path -> DynamicTest.dynamicTest(path, () -> verify(folder.resolve(path))));
  }

  private static void verify(Path file) throws AudioException {
    AudioClip clip = AudioClip.readAll(DECODER.open(file));
    assertEquals(22_050, clip.sampleRate());
    assertEquals(30.0, clip.durationSeconds(), 0.12);
    assertEquals(List.of(), clip.warnings());
  }
}
