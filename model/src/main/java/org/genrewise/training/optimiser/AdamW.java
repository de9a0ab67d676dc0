package org.genrewise.training.optimiser;

import java.util.List;
import org.genrewise.network.Kernels;
import org.genrewise.network.Precision;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.transforms.floating.Sqrt;
import org.nd4j.linalg.api.ops.impl.transforms.pairwise.arithmetic.Axpy;
import org.nd4j.linalg.api.ops.impl.transforms.same.Square;
import org.nd4j.linalg.factory.Nd4j;

/**
 * PyTorch's {@code AdamW}: the parameter first loses rate times decay of itself, then rate times
 * the corrected mean of gradients over (the root of the corrected mean of squares, plus epsilon).
 */
record AdamW(double beta1, double beta2, double epsilon) implements Rule {

  @Override
  public int memories() {
    return 2;
  }

  @Override
  public void step(
      INDArray parameters,
      INDArray gradient,
      List<INDArray> memory,
      double learningRate,
      double weightDecay,
      long number) {
    INDArray mean = memory.get(0);
    INDArray squares = memory.get(1);
    if (weightDecay != 0) {
      parameters.muli(1 - learningRate * weightDecay);
    }
    mean.muli(beta1);
    Nd4j.exec(new Axpy(gradient, mean, mean, 1 - beta1));
    Nd4j.exec(new Square(gradient, gradient));
    squares.muli(beta2);
    Nd4j.exec(new Axpy(gradient, squares, squares, 1 - beta2));
    // from here on the gradient's memory holds the step
    Nd4j.exec(new Sqrt(squares, gradient));
    gradient.muli(1 / Math.sqrt(1 - Math.pow(beta2, number)));
    gradient.addi(epsilon);
    Kernels.of(Precision.FLOAT32).divide(mean, gradient, gradient);
    double rate = learningRate / (1 - Math.pow(beta1, number));
    Nd4j.exec(new Axpy(gradient, parameters, parameters, -rate));
  }
}
