package org.genrewise.network;

import org.genrewise.device.Device;
import org.genrewise.device.ProcessDevice;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The arithmetic of the fused layers: the one place that knows number formats and devices. Layers
 * decide what is computed and where the results live; kernels how.
 *
 * <p>Activations are NHWC (or [rows, columns]) of {@link #activationType()}; the pictures, the
 * logits and the logits' gradient may be FLOAT in every case. Parameters and their gradients are
 * FLOAT: convolution weights [3, 3, in, out] in order 'c', dense weights [in, out] in order 'f'.
 * For inference alone, weights may be of {@link #activationType()}. Results are written into the
 * arrays that are handed in; each thread has its own scratch memory, of the size of the largest
 * call. Implementations hold no state and are safe for many threads.
 */
public interface Kernels {

  /** Those of the GPU where this process has decided for one, else those of the CPU. */
  static Kernels of(Precision precision) {
    boolean cuda =
        ProcessDevice.decided().map(device -> device.kind() == Device.Kind.CUDA).orElse(false);
    return cuda ? GpuKernels.found().of(precision) : ofCpu(precision);
  }

  private static Kernels ofCpu(Precision precision) {
    return switch (precision) {
      case FLOAT32 -> FloatKernels.INSTANCE;
      case FLOAT16 -> HalfKernels.INSTANCE;
    };
  }

  /** The type of activations and of their gradients. */
  DataType activationType();

  /** y = 3 x 3 convolution of x with stride 1 and padding 1, plus bias. */
  void convolve(INDArray x, INDArray weight, INDArray bias, INDArray y);

  /**
   * A convolution weight in the form in which this device reads it fastest, for {@link #convolve}
   * alone and for as long as its values stay: for inference.
   *
   * @param weight [3, 3, in, out] of {@link #activationType()}
   * @return of a shape of its own; may be the weight itself
   */
  INDArray prepare(INDArray weight);

  /**
   * Gradients of {@link #convolve} without its bias.
   *
   * @param dx written with the gradient of x, or null where nobody wants it
   * @param dWeight written with the gradient of the weight
   */
  void convolveBackward(INDArray x, INDArray weight, INDArray dy, INDArray dx, INDArray dWeight);

  /**
   * Mean and biased variance of each channel.
   *
   * @param scratch of z's shape; its values are lost
   */
  void moments(INDArray z, INDArray scratch, INDArray mean, INDArray variance);

  /** y = (z - mean) / sqrt(variance + epsilon) * gamma + beta; y may be z. */
  void normalise(
      INDArray z,
      INDArray mean,
      INDArray variance,
      INDArray gamma,
      INDArray beta,
      double epsilon,
      INDArray y);

  /**
   * Gradients of {@link #normalise}.
   *
   * @param mode whether mean and variance are the {@link #moments} of z, and change with it
   *     (TRAINING), or are constants (EVALUATION)
   * @param dy in: the gradient of y; out: the gradient of z
   */
  void normaliseBackward(
      INDArray z,
      INDArray dy,
      INDArray mean,
      INDArray variance,
      INDArray gamma,
      double epsilon,
      BatchNormMode mode,
      INDArray dGamma,
      INDArray dBeta);

  /** y = max(y, 0). */
  void relu(INDArray y);

  /** dy = 0 where y is 0; y is a result of {@link #relu}. */
  void reluBackward(INDArray y, INDArray dy);

  /** y = the largest of each 2 x 2 square of x. */
  void maxPool(INDArray x, INDArray y);

  /** Gradient of {@link #maxPool}. */
  void maxPoolBackward(INDArray x, INDArray dy, INDArray dx);

  /** y = x weight + bias. */
  void dense(INDArray x, INDArray weight, INDArray bias, INDArray y);

  /**
   * Gradients of {@link #dense}.
   *
   * @param dx written with the gradient of x, or null where nobody wants it
   */
  void denseBackward(
      INDArray x, INDArray weight, INDArray dy, INDArray dx, INDArray dWeight, INDArray dBias);

  /**
   * Gradient of the loss with regard to the logits: in each row factor * (w softmax(logits) -
   * targets), w the sum of the row's targets.
   *
   * @param logits [rows, classes], FLOAT
   * @param targets of the same shape, FLOAT, written by Java
   * @param gradient written, of the same shape, FLOAT
   */
  void softmaxGradient(INDArray logits, INDArray targets, double factor, INDArray gradient);

  /** y = x factors, value by value; factors are FLOAT, y may be x. */
  void multiply(INDArray x, INDArray factors, INDArray y);

  /** result = left / right, value by value; all FLOAT, of rank 1; the result may be either. */
  void divide(INDArray left, INDArray right, INDArray result);

  /**
   * How many values the largest map of a forward pass may have before more pictures at a time bring
   * no more speed.
   */
  long largestMap();

  /**
   * Begins the L2 norm of a long vector that comes in parts.
   *
   * @param parts how many come at most
   */
  EuclideanNorm norm(int parts);

  /**
   * Copies values that Java holds.
   *
   * @param from at least as many as {@code to} has, from {@code offset} on
   * @param to FLOAT, in order 'c', the beginning of its memory
   */
  void load(float[] from, int offset, INDArray to);
}
