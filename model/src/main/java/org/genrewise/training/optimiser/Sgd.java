package org.genrewise.training.optimiser;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.transforms.pairwise.arithmetic.Axpy;
import org.nd4j.linalg.factory.Nd4j;

/**
 * PyTorch's {@code SGD}: with g the gradient plus decay times parameter, v = momentum v + g, and
 * the parameter loses rate times v, or, after Nesterov, rate times (g + momentum v). (ND4J's own
 * Nesterovs takes steps of another length.)
 */
record Sgd(double momentum, boolean nesterov) implements Rule {

  @Override
  public int memories() {
    return 1;
  }

  @Override
  public void step(
      INDArray parameters,
      INDArray gradient,
      List<INDArray> memory,
      double learningRate,
      double weightDecay,
      long number) {
    INDArray velocity = memory.get(0);
    if (weightDecay != 0) {
      Nd4j.exec(new Axpy(parameters, gradient, gradient, weightDecay));
    }
    Nd4j.exec(new Axpy(velocity, gradient, velocity, momentum));
    INDArray direction = velocity;
    if (nesterov) {
      Nd4j.exec(new Axpy(velocity, gradient, gradient, momentum));
      direction = gradient;
    }
    Nd4j.exec(new Axpy(direction, parameters, parameters, -learningRate));
  }
}
