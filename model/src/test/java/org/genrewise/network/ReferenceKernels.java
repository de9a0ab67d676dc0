package org.genrewise.network;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What {@link Kernels} promise, by their definitions, in loops over doubles: neither ND4J nor any
 * library that the kernels call. For small arrays.
 */
final class ReferenceKernels {

  private static final int KERNEL = 3;

  private ReferenceKernels() {}

  /** An array's values in order 'c'. */
  static double[] values(INDArray array) {
    return array.dup('c').reshape(array.length()).toDoubleVector();
  }

  /** Calls a body for all pairs of values that a convolution multiplies. */
  private static void convolution(INDArray x, long channelsOut, Product product) {
    int[] size = ints(x.shape());
    int out = (int) channelsOut;
    for (int n = 0; n < size[0]; n++) {
      for (int h = 0; h < size[1]; h++) {
        for (int w = 0; w < size[2]; w++) {
          for (int r = 0; r < KERNEL; r++) {
            for (int s = 0; s < KERNEL; s++) {
              int y = h + r - 1;
              int z = w + s - 1;
              if (y >= 0 && y < size[1] && z >= 0 && z < size[2]) {
                for (int i = 0; i < size[3]; i++) {
                  int from = ((n * size[1] + y) * size[2] + z) * size[3] + i;
                  for (int o = 0; o < out; o++) {
                    product.add(
                        from,
                        ((r * KERNEL + s) * size[3] + i) * out + o,
                        ((n * size[1] + h) * size[2] + w) * out + o);
                  }
                }
              }
            }
          }
        }
      }
    }
  }

  private interface Product {
    void add(int x, int weight, int y);
  }

  /** The slope of factor * sum(targets * -log softmax(logits)). */
  static double[] softmaxGradient(INDArray logits, INDArray targets, double factor) {
    int classes = (int) logits.size(1);
    double[] z = values(logits);
    double[] t = values(targets);
    double[] gradient = new double[z.length];
    for (int i = 0; i < z.length; i += classes) {
      double sum = 0;
      double weight = 0;
      for (int c = i; c < i + classes; c++) {
        sum += Math.exp(z[c]);
        weight += t[c];
      }
      for (int c = i; c < i + classes; c++) {
        gradient[c] = factor * (weight * Math.exp(z[c]) / sum - t[c]);
      }
    }
    return gradient;
  }

  static double[] convolve(INDArray x, INDArray weight, INDArray bias) {
    double[] in = values(x);
    double[] filter = values(weight);
    double[] offsets = values(bias);
    int out = offsets.length;
    double[] y = new double[(int) (x.length() / x.size(3)) * out];
    for (int i = 0; i < y.length; i++) {
      y[i] = offsets[i % out];
    }
    convolution(x, out, (from, tap, to) -> y[to] += in[from] * filter[tap]);
    return y;
  }

  static double[] convolveBackwardData(INDArray x, INDArray weight, INDArray dy) {
    double[] filter = values(weight);
    double[] gradient = values(dy);
    double[] dx = new double[(int) x.length()];
    convolution(x, dy.size(3), (from, tap, to) -> dx[from] += gradient[to] * filter[tap]);
    return dx;
  }

  static double[] convolveBackwardFilter(INDArray x, INDArray weight, INDArray dy) {
    double[] in = values(x);
    double[] gradient = values(dy);
    double[] dWeight = new double[(int) weight.length()];
    convolution(x, dy.size(3), (from, tap, to) -> dWeight[tap] += gradient[to] * in[from]);
    return dWeight;
  }

  static double[] mean(INDArray z) {
    double[] values = values(z);
    double[] mean = new double[(int) z.size(-1)];
    for (int i = 0; i < values.length; i++) {
      mean[i % mean.length] += values[i] * mean.length / values.length;
    }
    return mean;
  }

  static double[] variance(INDArray z) {
    double[] values = values(z);
    double[] mean = mean(z);
    double[] variance = new double[mean.length];
    for (int i = 0; i < values.length; i++) {
      double away = values[i] - mean[i % mean.length];
      variance[i % mean.length] += away * away * mean.length / values.length;
    }
    return variance;
  }

  static double[] normalise(
      INDArray z, INDArray mean, INDArray variance, INDArray gamma, INDArray beta, double epsilon) {
    double[] y = values(z);
    double[] means = values(mean);
    double[] variances = values(variance);
    double[] gammas = values(gamma);
    double[] betas = values(beta);
    for (int i = 0; i < y.length; i++) {
      int c = i % means.length;
      y[i] = (y[i] - means[c]) / Math.sqrt(variances[c] + epsilon) * gammas[c] + betas[c];
    }
    return y;
  }

  /** The gradients of z, gamma and beta. */
  static double[][] normaliseBackward(
      INDArray z,
      INDArray dy,
      INDArray mean,
      INDArray variance,
      INDArray gamma,
      double epsilon,
      BatchNormMode mode) {
    double[] in = values(z);
    double[] gradient = values(dy);
    double[] means = values(mean);
    double[] variances = values(variance);
    double[] gammas = values(gamma);
    int channels = means.length;
    double pixels = (double) in.length / channels;
    double[] dGamma = new double[channels];
    double[] dBeta = new double[channels];
    double[] normalised = new double[in.length];
    for (int i = 0; i < in.length; i++) {
      int c = i % channels;
      normalised[i] = (in[i] - means[c]) / Math.sqrt(variances[c] + epsilon);
      dGamma[c] += normalised[i] * gradient[i];
      dBeta[c] += gradient[i];
    }
    double[] dz = new double[in.length];
    for (int i = 0; i < in.length; i++) {
      int c = i % channels;
      double centred =
          mode == BatchNormMode.TRAINING
              ? gradient[i] - dBeta[c] / pixels - normalised[i] * dGamma[c] / pixels
              : gradient[i];
      dz[i] = centred * gammas[c] / Math.sqrt(variances[c] + epsilon);
    }
    return new double[][] {dz, dGamma, dBeta};
  }

  /** Where the largest of each 2 x 2 square lies in x. */
  private static int[] largest(INDArray x) {
    double[] in = values(x);
    int[] size = ints(x.shape());
    int height = size[1] / 2;
    int width = size[2] / 2;
    int[] places = new int[size[0] * height * width * size[3]];
    for (int to = 0; to < places.length; to++) {
      int c = to % size[3];
      int w = to / size[3] % width;
      int h = to / size[3] / width % height;
      int n = to / size[3] / width / height;
      int best = -1;
      for (int k = 0; k < 4; k++) {
        int from = ((n * size[1] + 2 * h + k / 2) * size[2] + 2 * w + k % 2) * size[3] + c;
        best = best < 0 || in[from] > in[best] ? from : best;
      }
      places[to] = best;
    }
    return places;
  }

  static double[] maxPool(INDArray x) {
    double[] in = values(x);
    int[] places = largest(x);
    double[] y = new double[places.length];
    for (int i = 0; i < y.length; i++) {
      y[i] = in[places[i]];
    }
    return y;
  }

  static double[] maxPoolBackward(INDArray x, INDArray dy) {
    double[] gradient = values(dy);
    int[] places = largest(x);
    double[] dx = new double[(int) x.length()];
    for (int i = 0; i < places.length; i++) {
      dx[places[i]] += gradient[i];
    }
    return dx;
  }

  /** left right, of matrices in order 'c'. */
  static double[] product(double[] left, double[] right, int rows, int inner, int columns) {
    double[] result = new double[rows * columns];
    for (int i = 0; i < rows; i++) {
      for (int k = 0; k < inner; k++) {
        for (int j = 0; j < columns; j++) {
          result[i * columns + j] += left[i * inner + k] * right[k * columns + j];
        }
      }
    }
    return result;
  }

  private static int[] ints(long[] values) {
    int[] result = new int[values.length];
    for (int i = 0; i < values.length; i++) {
      result[i] = (int) values[i];
    }
    return result;
  }
}
