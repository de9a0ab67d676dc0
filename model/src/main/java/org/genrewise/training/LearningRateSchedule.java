package org.genrewise.training;

import java.util.function.DoubleFunction;
import java.util.function.DoubleUnaryOperator;

/** How the learning rate changes while a network learns. */
public enum LearningRateSchedule {
  /** It stays as it is. */
  CONSTANT(initial -> validationLoss -> initial),
  /** It falls when the validation loss stops falling; see {@link ReduceOnPlateau}. */
  REDUCE_ON_PLATEAU(ReduceOnPlateau::new);

  private final DoubleFunction<DoubleUnaryOperator> start;

  LearningRateSchedule(DoubleFunction<DoubleUnaryOperator> start) {
    this.start = start;
  }

  /** A schedule for one training: takes an epoch's validation loss, gives the next rate. */
  public DoubleUnaryOperator start(double initialRate) {
    return start.apply(initialRate);
  }
}
