package org.genrewise.training.augmentation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MixingShareTest {
  private static final int DRAWS = 100_000;

  /** Of Beta(a, a) the mean is 1/2 and the variance 1 / (4 (2 a + 1)). */
  @ParameterizedTest
  @ValueSource(doubles = {0.001, 0.2, 0.4, 1, 3.5, 400})
  void drawsHaveTheMomentsOfABetaDistribution(double alpha) {
    SplittableRandom random = new SplittableRandom(5);
    double sum = 0;
    double squares = 0;
    double fourths = 0;
    for (int i = 0; i < DRAWS; i++) {
      double off = Beta.symmetric(alpha, random) - 0.5;
      assertTrue(Math.abs(off) <= 0.5);
      sum += off;
      squares += off * off;
      fourths += off * off * off * off;
    }
    double variance = 1 / (4 * (2 * alpha + 1));
    double fourth = 3 * variance * variance * (2 * alpha + 1) / (2 * alpha + 3);
    assertEquals(0, sum / DRAWS, 5 * Math.sqrt(variance / DRAWS));
    assertEquals(variance, squares / DRAWS, 0.02 * variance);
    assertEquals(fourth, fourths / DRAWS, 0.04 * fourth);
  }

  /** Beta(1, 1) is uniform, so that its larger share has mean 3/4 and every quarter its quarter. */
  @Test
  void sharesAreTheLargerOnes() {
    Augmentation augmentation = new Augmentation(mixup(1), 3);
    double sum = 0;
    int[] quarters = new int[4];
    for (int batch = 0; batch < DRAWS; batch++) {
      double share = augmentation.mixingShare(2, batch);
      assertTrue(share >= 0.5 && share <= 1);
      sum += share;
      quarters[(int) Math.min(3, (share - 0.5) * 8)]++;
    }
    assertEquals(0.75, sum / DRAWS, 0.002);
    for (int quarter : quarters) {
      assertEquals(0.25, (double) quarter / DRAWS, 0.01);
    }
  }

  @Test
  void theEpochAndTheBatchAndTheSeedDecide() {
    Augmentation augmentation = new Augmentation(mixup(0.2), 3);
    double share = augmentation.mixingShare(1, 4);
    assertEquals(share, new Augmentation(mixup(0.2), 3).mixingShare(1, 4));
    assertNotEquals(share, augmentation.mixingShare(4, 1));
    assertNotEquals(share, augmentation.mixingShare(1, 5));
    assertNotEquals(share, new Augmentation(mixup(0.2), 4).mixingShare(1, 4));
  }

  private static AugmentationSettings mixup(double alpha) {
    return new AugmentationSettings(0, 0, 0, 0.1, 0, 8, alpha);
  }
}
