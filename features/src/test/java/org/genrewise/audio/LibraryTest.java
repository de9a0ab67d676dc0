package org.genrewise.audio;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.genrewise.testing.SharedData;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Real music in six encodings, beside what librosa makes of it; make_library_levels.py beside the
 * numbers made them.
 */
class LibraryTest {
  private static final AudioDecoder DECODER = new StandardAudioDecoder(DecoderSettings.DEFAULT);

  @TestFactory
  Stream<DynamicTest> everyClipDecodesAsInLibrosa() throws IOException {
    Path folder = SharedData.path("audio/library/manifest.csv").getParent();
    Map<String, String[]> levels = levels();
    return Files.readAllLines(folder.resolve("manifest.csv")).stream()
        .skip(1)
        .map(line -> line.substring(0, line.indexOf(',')))
        .map(
            path ->
                DynamicTest.dynamicTest(
                    path, () -> verify(folder.resolve(path), levels.get(path))));
  }

  /** librosa itself cannot load all: then there are no levels. */
  private static void verify(Path file, String[] levels) throws AudioException {
    AudioClip clip = AudioClip.readAll(DECODER.open(file));
    assertEquals(22_050, clip.sampleRate());
    assertEquals(30.0, clip.durationSeconds(), 0.12);
    assertEquals(List.of(), clip.warnings());
    if (levels != null) {
      double power = 0;
      for (float sample : clip.samples()) {
        power += (double) sample * sample / clip.samples().length;
      }
      double expected = Double.parseDouble(levels[2]);
      assertEquals(Integer.parseInt(levels[1]), clip.samples().length, 110);
      assertEquals(expected, Math.sqrt(power), 5e-4 * expected);
    }
  }

  /** Path, samples and root of the mean square, by path. */
  private static Map<String, String[]> levels() throws IOException {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                LibraryTest.class.getResourceAsStream("library-levels.csv"),
                StandardCharsets.US_ASCII))) {
      return reader
          .lines()
          .skip(1)
          .map(line -> line.split(","))
          .collect(Collectors.toMap(row -> row[0], row -> row));
    }
  }
}
