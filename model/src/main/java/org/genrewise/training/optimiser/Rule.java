package org.genrewise.training.optimiser;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/** One optimiser's step on a stretch of parameters; each array is a view of the same length. */
interface Rule {

  /** Number of vectors as long as the parameters that it remembers. */
  int memories();

  /**
   * Changes the parameters.
   *
   * @param gradient may be overwritten
   * @param memory {@link #memories()} views, 0 before the first step
   * @param weightDecay 0 where there is none
   * @param number of this step, from 1
   */
  void step(
      INDArray parameters,
      INDArray gradient,
      List<INDArray> memory,
      double learningRate,
      double weightDecay,
      long number);

  static Rule of(OptimiserSettings settings) {
    return switch (settings.kind()) {
      case SGD -> new Sgd(settings.momentum(), settings.nesterov());
      case ADAMW -> new AdamW(settings.beta1(), settings.beta2(), settings.epsilon());
    };
  }
}
