package org.genrewise.network;

import java.util.Map;
import java.util.function.Supplier;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.executioner.OpExecutioner;
import org.nd4j.linalg.api.ops.impl.broadcast.BroadcastMulOp;
import org.nd4j.linalg.api.ops.impl.broadcast.BroadcastRDivOp;
import org.nd4j.linalg.api.ops.impl.transforms.pairwise.arithmetic.Axpy;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * The arithmetic of one {@link ConvolutionBlock}, on maps that its layer holds.
 *
 * @param mode of its batch norm in training
 * @param parameters by the block's keys
 * @param gradients by the block's keys; may be null for a forward pass
 */
record ConvolutionUnit(
    Kernels kernels,
    BatchNormMode mode,
    Map<String, INDArray> parameters,
    Map<String, INDArray> gradients) {

  /** Mean and biased variance that normalise, [channels] each. */
  record Moments(INDArray mean, INDArray variance) {}

  /** What the backward pass needs: what went in, the convolution's result, and the block's. */
  record Kept(INDArray input, INDArray convolved, INDArray output, Moments moments) {}

  /** y = the block of x in evaluation mode. */
  void evaluate(INDArray x, INDArray y) {
    convolve(x, y);
    normalise(y, running(), y);
  }

  private Moments running() {
    return new Moments(
        parameters.get(ConvolutionBlock.MEAN), parameters.get(ConvolutionBlock.VARIANCE));
  }

  /** The statistics that {@link #train} uses: the running ones, or new ones for the batch's. */
  Moments moments(Supplier<INDArray> statistic) {
    return mode == BatchNormMode.EVALUATION
        ? running()
        : new Moments(statistic.get(), statistic.get());
  }

  /**
   * y = the block of x while the network learns.
   *
   * @param z written with the convolution's result
   * @param scratch of z's shape; its values are lost; may be x or y
   * @param moments of {@link #moments}; the batch's are written with those of z
   * @param y may be z
   */
  void train(INDArray x, INDArray z, INDArray scratch, Moments moments, INDArray y) {
    convolve(x, z);
    if (mode == BatchNormMode.TRAINING) {
      kernels.moments(z, scratch, moments.mean(), moments.variance());
    }
    normalise(z, moments, y);
  }

  private void convolve(INDArray x, INDArray z) {
    kernels.convolve(
        x, parameters.get(ConvolutionBlock.WEIGHT), parameters.get(ConvolutionBlock.BIAS), z);
  }

  private void normalise(INDArray z, Moments moments, INDArray y) {
    kernels.normalise(
        z,
        moments.mean(),
        moments.variance(),
        parameters.get(ConvolutionBlock.GAMMA),
        parameters.get(ConvolutionBlock.BETA),
        ConvolutionBlock.EPSILON,
        y);
    kernels.relu(y);
  }

  /**
   * Writes all gradients, and what the optimiser will take off the running statistics.
   *
   * @param gradient of the output; overwritten
   * @param inputGradient written, or null where nobody wants it
   */
  void backward(Kept kept, INDArray gradient, INDArray inputGradient) {
    kernels.reluBackward(kept.output(), gradient);
    kernels.normaliseBackward(
        kept.convolved(),
        gradient,
        kept.moments().mean(),
        kept.moments().variance(),
        parameters.get(ConvolutionBlock.GAMMA),
        ConvolutionBlock.EPSILON,
        mode,
        gradients.get(ConvolutionBlock.GAMMA),
        gradients.get(ConvolutionBlock.BETA));
    biasBackward();
    long channels = kept.moments().mean().length();
    stepStatistics(kept.moments(), kept.convolved().length() / channels);
    kernels.convolveBackward(
        kept.input(),
        parameters.get(ConvolutionBlock.WEIGHT),
        gradient,
        inputGradient,
        gradients.get(ConvolutionBlock.WEIGHT));
  }

  /**
   * The bias adds to every pixel of a channel alike. A batch's mean takes that off again; running
   * statistics do not, and its gradient is beta's times gamma / deviation.
   */
  private void biasBackward() {
    INDArray bias = gradients.get(ConvolutionBlock.BIAS);
    if (mode == BatchNormMode.TRAINING) {
      bias.assign(0);
      return;
    }
    bias.assign(parameters.get(ConvolutionBlock.VARIANCE)).addi(ConvolutionBlock.EPSILON);
    Transforms.sqrt(bias, false);
    // Row by row, though there is but one: before rdivi and muli of two arrays ND4J waits for a
    // GPU.
    INDArray row = bias.reshape(1, bias.length());
    OpExecutioner executioner = Nd4j.getExecutioner();
    executioner.exec(new BroadcastRDivOp(row, parameters.get(ConvolutionBlock.GAMMA), row, 1));
    executioner.exec(new BroadcastMulOp(row, gradients.get(ConvolutionBlock.BETA), row, 1));
  }

  /**
   * Writes what the optimiser will take off the running statistics.
   *
   * @param count pixels of a channel
   */
  void stepStatistics(Moments moments, long count) {
    if (mode == BatchNormMode.EVALUATION) {
      gradients.get(ConvolutionBlock.MEAN).assign(0);
      gradients.get(ConvolutionBlock.VARIANCE).assign(0);
      return;
    }
    double unbiased = count > 1 ? count / (count - 1.0) : 1;
    step(ConvolutionBlock.MEAN, moments.mean(), 1);
    step(ConvolutionBlock.VARIANCE, moments.variance(), unbiased);
  }

  private void step(String key, INDArray batch, double factor) {
    INDArray step = gradients.get(key);
    step.assign(batch).muli(-factor);
    // plus 1 times the parameter: before addi of two arrays ND4J waits for a GPU
    Nd4j.exec(new Axpy(parameters.get(key), step, step, 1));
    step.muli(ConvolutionBlock.MOMENTUM);
  }
}
