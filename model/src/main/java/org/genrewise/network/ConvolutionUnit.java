package org.genrewise.network;

import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The arithmetic of one {@link ConvolutionBlock}, on maps that its layer holds.
 *
 * @param parameters by the block's keys
 * @param gradients by the block's keys; may be null for a forward pass
 */
record ConvolutionUnit(
    Kernels kernels, Map<String, INDArray> parameters, Map<String, INDArray> gradients) {

  /** A batch's mean and biased variance, [channels] each. */
  record Moments(INDArray mean, INDArray variance) {}

  /** What the backward pass needs: what went in, the convolution's result, and the block's. */
  record Kept(INDArray input, INDArray convolved, INDArray output, Moments moments) {}

  /** y = the block of x in evaluation mode. */
  void evaluate(INDArray x, INDArray y) {
    convolve(x, y);
    normalise(
        y,
        new Moments(
            parameters.get(ConvolutionBlock.MEAN), parameters.get(ConvolutionBlock.VARIANCE)),
        y);
  }

  /**
   * y = the block of x in training mode.
   *
   * @param z written with the convolution's result
   * @param scratch of z's shape; its values are lost; may be x or y
   * @param moments written with those of z
   * @param y may be z
   */
  void train(INDArray x, INDArray z, INDArray scratch, Moments moments, INDArray y) {
    convolve(x, z);
    kernels.moments(z, scratch, moments.mean(), moments.variance());
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
        gradients.get(ConvolutionBlock.GAMMA),
        gradients.get(ConvolutionBlock.BETA));
    // Batch norm subtracts the mean again, so the bias has no influence in training.
    gradients.get(ConvolutionBlock.BIAS).assign(0);
    long channels = kept.moments().mean().length();
    stepStatistics(kept.moments(), kept.convolved().length() / channels);
    kernels.convolveBackward(
        kept.input(),
        parameters.get(ConvolutionBlock.WEIGHT),
        gradient,
        inputGradient,
        gradients.get(ConvolutionBlock.WEIGHT));
  }

  private void stepStatistics(Moments moments, long count) {
    double unbiased = count > 1 ? count / (count - 1.0) : 1;
    step(ConvolutionBlock.MEAN, moments.mean(), 1);
    step(ConvolutionBlock.VARIANCE, moments.variance(), unbiased);
  }

  private void step(String key, INDArray batch, double factor) {
    INDArray step = gradients.get(key);
    step.assign(batch).muli(-factor).addi(parameters.get(key)).muli(ConvolutionBlock.MOMENTUM);
  }
}
