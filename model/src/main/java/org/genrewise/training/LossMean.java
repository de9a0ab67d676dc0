package org.genrewise.training;

import org.genrewise.inference.Ranking;

/** Mean loss and accuracy over pictures, as they come. */
final class LossMean {

  /**
   * The least probability that a float can tell from 0 near 1; less would make the loss infinite.
   */
  private static final double SMALLEST_PROBABILITY = Math.ulp(1f);

  private double loss;
  private double weight;
  private int hits;
  private int pictures;

  /** Adds a batch: its mean loss, and how many of its pictures were recognised. */
  void add(double meanLoss, double weight, int hits, int pictures) {
    this.loss += meanLoss * weight;
    this.weight += weight;
    this.hits += hits;
    this.pictures += pictures;
  }

  /** Adds one picture by its probabilities. */
  void add(double[] probabilities, int label, float[] classWeights) {
    double crossEntropy = -Math.log(Math.max(probabilities[label], SMALLEST_PROBABILITY));
    add(crossEntropy, classWeights[label], Ranking.best(probabilities) == label ? 1 : 0, 1);
  }

  double loss() {
    return loss / weight;
  }

  double accuracy() {
    return (double) hits / pictures;
  }

  int pictures() {
    return pictures;
  }
}
