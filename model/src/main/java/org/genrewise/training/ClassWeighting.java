package org.genrewise.training;

import java.util.Arrays;

/** How much the samples of each class count in the loss. */
public enum ClassWeighting {
  /** All the same. */
  NONE,
  /** In inverse proportion to how many there are, so that every class counts the same. */
  BALANCED;

  /**
   * The weights of the classes, such that the mean weight of a sample is 1. {@link #BALANCED} is
   * proportional to the ccmusic training's (1 / n_c) / sum(1 / n), and equal to scikit-learn's
   * {@code balanced}. A class without samples has no say, so its weight is 1.
   *
   * @param samples how many there are of each class
   */
  public float[] weights(long[] samples) {
    float[] weights = new float[samples.length];
    Arrays.fill(weights, 1);
    if (this == BALANCED) {
      long total = Arrays.stream(samples).sum();
      long present = Arrays.stream(samples).filter(n -> n > 0).count();
      for (int c = 0; c < weights.length; c++) {
        if (samples[c] > 0) {
          weights[c] = (float) total / (present * samples[c]);
        }
      }
    }
    return weights;
  }
}
