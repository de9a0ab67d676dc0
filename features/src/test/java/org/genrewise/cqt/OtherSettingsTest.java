package org.genrewise.cqt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Agreement with librosa for settings other than the default; make_settings.py made the numbers.
 */
class OtherSettingsTest {

  record Expected(
      CqtSettings settings, int samples, int frames, double maximum, List<double[]> lines) {
    @Override
    public String toString() {
      return settings.version() + ", " + samples + " samples";
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("expected")
  void agreesWithLibrosa(Expected expected) {
    float[] samples = Signals.librosaReference(expected.settings.sampleRate(), expected.samples);

    Spectrogram magnitudes = new ConstantQ(expected.settings).transform(samples);

    assertEquals(expected.settings.bins(), magnitudes.bins());
    assertEquals(expected.frames, magnitudes.frames());
    double worst = 0;
    for (double[] line : expected.lines) {
      // Where the rate is halved more than once before the highest octave, the first frames of
      // librosa hold a transient of its resampler.
      if (expected.settings.earlyHalvings() > 1 && line[0] < expected.frames / 2) {
        continue;
      }
      for (int bin = 0; bin < magnitudes.bins(); bin++) {
        worst = Math.max(worst, Math.abs(line[1 + bin] - magnitudes.at(bin, (int) line[0])));
      }
    }
    double relative = worst / expected.maximum;
    assertTrue(relative < 1e-4, () -> relative + " of the maximum");
  }

  static Stream<Expected> expected() throws IOException {
    List<Expected> all = new ArrayList<>();
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                OtherSettingsTest.class.getResourceAsStream("settings.txt"),
                StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        String[] words = line.split(" ");
        if (words[0].equals("case")) {
          CqtSettings settings =
              new CqtSettings(
                  Integer.parseInt(words[1]),
                  Integer.parseInt(words[2]),
                  Double.parseDouble(words[3]),
                  Integer.parseInt(words[4]),
                  Integer.parseInt(words[5]));
          all.add(
              new Expected(
                  settings,
                  Integer.parseInt(words[6]),
                  Integer.parseInt(words[7]),
                  Double.parseDouble(words[8]),
                  new ArrayList<>()));
        } else {
          all.get(all.size() - 1)
              .lines
              .add(Stream.of(words).mapToDouble(Double::parseDouble).toArray());
        }
      }
    }
    return all.stream();
  }
}
