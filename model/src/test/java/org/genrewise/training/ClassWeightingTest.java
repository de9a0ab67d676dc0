package org.genrewise.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.junit.jupiter.api.Test;

class ClassWeightingTest {

  @Test
  void balancedWeightsAreInInverseProportionToTheCounts() {
    assertArrayEquals(
        new float[] {0.5f, 2, 1, 2}, ClassWeighting.BALANCED.weights(new long[] {8, 2, 0, 2}));
    assertArrayEquals(new float[] {1, 1}, ClassWeighting.NONE.weights(new long[] {8, 2}));
  }
}
