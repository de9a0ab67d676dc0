package org.genrewise.cqt;

import static org.junit.jupiter.api.Assertions.assertEquals;

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
    for (double[] line : expected.lines) {
      int frame = (int) line[0];
      // The first frames also depend on the short filters inside librosa's resampler, where it
      // halves the rate more than once before the highest octave.
      boolean early = expected.settings.earlyHalvings() > 1 && frame < 3;
      double tolerance = (early ? 3e-4 : 1e-4) * expected.maximum;
      for (int bin = 0; bin < magnitudes.bins(); bin++) {
        assertEquals(
            line[1 + bin], magnitudes.at(bin, frame), tolerance, "bin " + bin + ", frame " + frame);
      }
    }
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
