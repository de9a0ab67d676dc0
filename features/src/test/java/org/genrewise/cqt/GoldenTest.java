package org.genrewise.cqt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import org.genrewise.testing.SharedData;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Agreement with librosa 0.11 on real music and on synthetic signals. */
class GoldenTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hyperrogue_jungle",
        "nexuiz_brokenlight",
        "sectoid_feelings",
        "singularity_nebula",
        "syn_chirp",
        "syn_chord",
        "syn_noise",
        "ufoai_david01",
        "wesnoth_battle"
      })
  void agreesWithLibrosa(String name) throws IOException {
    float[] samples =
        name.startsWith("syn_")
            ? SharedData.floats("golden/" + name + ".input.f32")
            : wav("golden/" + name + ".wav");
    float[] expected = SharedData.floats("golden/" + name + ".cqt_mag.f32");
    float[] expectedLevels = SharedData.floats("golden/" + name + ".amp_db.f32");

    Spectrogram magnitudes = new ConstantQ(CqtSettings.DEFAULT).transform(samples);
    Spectrogram levels = Decibels.of(magnitudes);

    assertEquals(expected.length, magnitudes.values().length);
    float peak = 0;
    double worst = 0;
    double worstLevel = 0;
    for (int i = 0; i < expected.length; i++) {
      peak = Math.max(peak, expected[i]);
      worst = Math.max(worst, Math.abs(expected[i] - magnitudes.values()[i]));
      if (expectedLevels[i] > -70) {
        worstLevel = Math.max(worstLevel, Math.abs(expectedLevels[i] - levels.values()[i]));
      }
    }
    double relative = worst / peak;
    double level = worstLevel;
    assertTrue(relative < 1e-4, () -> relative + " of the maximum");
    assertTrue(level < 0.05, () -> level + " dB");
  }

  /** The samples of a mono 16-bit WAV file with a header of 44 bytes. */
  private static float[] wav(String entry) throws IOException {
    ByteBuffer bytes =
        ByteBuffer.wrap(Files.readAllBytes(SharedData.path(entry)))
            .order(ByteOrder.LITTLE_ENDIAN)
            .position(44);
    float[] samples = new float[bytes.remaining() / Short.BYTES];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = bytes.getShort() / 32768f;
    }
    return samples;
  }
}
