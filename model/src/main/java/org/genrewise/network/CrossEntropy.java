package org.genrewise.network;

import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Softmax and weighted cross entropy of a few rows of logits, in double precision. Targets say how
 * much each class of each row weighs, t[i, c] of 0 or more; see {@link SoftmaxOutput}.
 */
final class CrossEntropy {

  private CrossEntropy() {}

  /** The probabilities of one row. */
  static double[] softmax(float[] logits) {
    double logSum = logSumExp(logits);
    return IntStream.range(0, logits.length)
        .mapToDouble(c -> Math.exp(logits[c] - logSum))
        .toArray();
  }

  private static double logSumExp(float[] logits) {
    double max = Double.NEGATIVE_INFINITY;
    for (float logit : logits) {
      max = Math.max(max, logit);
    }
    double sum = 0;
    for (float logit : logits) {
      sum += Math.exp(logit - max);
    }
    return max + Math.log(sum);
  }

  /** Of a batch: sum(t * -log p) / sum(t). */
  static double loss(float[][] logits, float[][] targets) {
    return DoubleStream.of(losses(logits, targets)).sum() / total(targets);
  }

  /** Of each row: sum(t * -log p) over its classes. */
  static double[] losses(float[][] logits, float[][] targets) {
    double[] losses = new double[logits.length];
    for (int i = 0; i < logits.length; i++) {
      double logSum = logSumExp(logits[i]);
      for (int c = 0; c < logits[i].length; c++) {
        losses[i] += targets[i][c] * (logSum - logits[i][c]);
      }
    }
    return losses;
  }

  /** The gradient of factor * sum(t * -log p) with regard to the logits. */
  static float[][] gradient(float[][] logits, float[][] targets, double factor) {
    float[][] gradient = new float[logits.length][];
    for (int i = 0; i < logits.length; i++) {
      double[] p = softmax(logits[i]);
      double weight = sum(targets[i]);
      gradient[i] = new float[p.length];
      for (int c = 0; c < p.length; c++) {
        gradient[i][c] = (float) (factor * (weight * p[c] - targets[i][c]));
      }
    }
    return gradient;
  }

  /** The sum of all targets. */
  static double total(float[][] targets) {
    return Stream.of(targets).mapToDouble(CrossEntropy::sum).sum();
  }

  /** The sum of one row's targets. */
  static double sum(float[] row) {
    double sum = 0;
    for (float value : row) {
      sum += value;
    }
    return sum;
  }
}
