package org.genrewise.cqt;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;

class DecibelsTest {

  @Test
  void levelsAreBelowThePeakAndEndAtEightyDecibels() {
    float[] levels =
        Decibels.of(new Spectrogram(2, 3, new float[] {2, 1, .2f, 0, 2e-4f, 1e-4f})).values();
    assertArrayEquals(new float[] {0, -6.0206f, -20, -80, -80, -80}, levels, 1e-4f);
  }

  @Test
  void whatIsQuieterThanTheSmallestMagnitudeIsSilence() {
    assertArrayEquals(
        new float[3], Decibels.of(new Spectrogram(1, 3, new float[] {0, 1e-9f, 1e-5f})).values());
    assertArrayEquals(
        new float[] {-20, 0},
        Decibels.of(new Spectrogram(1, 2, new float[] {0, 1e-4f})).values(),
        1e-5f);
  }

  @Test
  void quickLogarithmIsExactEnough() {
    Random random = new Random(1);
    for (int i = 0; i < 100_000; i++) {
      float x = (float) Math.exp(80 * random.nextDouble() - 40);
      assertEquals(20 * Math.log10(x), Decibels.level(x), 1e-6);
    }
    assertEquals(0, Decibels.level(1), 1e-7);
  }
}
