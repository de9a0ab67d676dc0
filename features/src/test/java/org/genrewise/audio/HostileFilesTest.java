package org.genrewise.audio;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.genrewise.testing.Csv;
import org.genrewise.testing.SharedData;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every entry of the hostile files ends as their manifest says, as a file and as a stream. */
class HostileFilesTest {
  private static final AudioDecoder DECODER = new StandardAudioDecoder(DecoderSettings.DEFAULT);

  @TestFactory
  Stream<DynamicTest> endAsTheirManifestSays() throws IOException {
    Path folder = SharedData.path("audio/hostile/manifest.csv").getParent();
    return Csv.rows(folder.resolve("manifest.csv")).stream()
        .filter(row -> Files.exists(folder.resolve(row.get(0))))
        .map(row -> DynamicTest.dynamicTest(row.get(0), () -> verify(folder, row)));
  }

  private static void verify(Path folder, List<String> row) {
    Path file = folder.resolve(row.get(0));
    Set<String> accepted =
        Set.of((expected(row) + ";" + row.get(4).replace("error:", "")).split(";"));
    String fromFile = outcome(() -> DECODER.open(file));
    assertTrue(accepted.contains(fromFile), () -> fromFile + " is not in " + accepted);
    if (Files.isRegularFile(file)) {
      String fromStream = outcome(() -> DECODER.open(row.get(0), () -> Files.newInputStream(file)));
      assertTrue(accepted.contains(fromStream), () -> fromStream + " is not in " + accepted);
    }
  }

  private static String expected(List<String> row) {
    return row.get(2).equals("error") ? row.get(3) : row.get(2);
  }

  private static String outcome(Opening opening) {
    try {
      AudioClip clip = AudioClip.readAll(opening.open());
      for (float sample : clip.samples()) {
        if (!Float.isFinite(sample)) {
          return "a sample of " + sample;
        }
      }
      return "labelled";
    } catch (AudioException e) {
      return e.kind().id();
    }
  }

  private interface Opening {
    AudioStream open() throws AudioException;
  }
}
