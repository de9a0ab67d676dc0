package org.genrewise.training;

import java.util.function.DoubleUnaryOperator;

/**
 * PyTorch's {@code ReduceLROnPlateau} with the settings of the ccmusic training: after more than 5
 * epochs in a row whose loss is not lower than the best by 0.1 %, the rate is divided by ten.
 */
final class ReduceOnPlateau implements DoubleUnaryOperator {
  private static final double FACTOR = 0.1;
  private static final int PATIENCE = 5;
  private static final double THRESHOLD = 0.001;

  private double rate;
  private double best = Double.POSITIVE_INFINITY;
  private int epochsWithoutProgress;

  ReduceOnPlateau(double rate) {
    this.rate = rate;
  }

  @Override
  public double applyAsDouble(double loss) {
    if (loss < best * (1 - THRESHOLD)) {
      best = loss;
      epochsWithoutProgress = 0;
    } else if (++epochsWithoutProgress > PATIENCE) {
      rate *= FACTOR;
      epochsWithoutProgress = 0;
    }
    return rate;
  }
}
