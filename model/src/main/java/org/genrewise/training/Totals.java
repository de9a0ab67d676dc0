package org.genrewise.training;

import java.io.Serializable;
import org.genrewise.inference.Ranking;

/**
 * Sums over pictures; sums of several replicas or rounds are added.
 *
 * @param loss sum of the pictures' losses, each times its weight
 * @param weight sum of the weights
 * @param hits how many were recognised
 * @param pictures how many there were
 * @param skipped steps that were skipped because a gradient was not finite
 */
public record Totals(double loss, double weight, long hits, long pictures, int skipped)
    implements Serializable {

  public static final Totals NONE = new Totals(0, 0, 0, 0, 0);

  /**
   * The least probability that a float can tell from 0 near 1; less would make the loss infinite.
   */
  private static final double SMALLEST_PROBABILITY = Math.ulp(1f);

  /** One picture by its probabilities in evaluation mode. */
  static Totals of(double[] probabilities, int label, float[] classWeights) {
    double crossEntropy = -Math.log(Math.max(probabilities[label], SMALLEST_PROBABILITY));
    double weight = classWeights[label];
    return new Totals(
        crossEntropy * weight, weight, Ranking.best(probabilities) == label ? 1 : 0, 1, 0);
  }

  public Totals plus(Totals other) {
    return new Totals(
        loss + other.loss,
        weight + other.weight,
        hits + other.hits,
        pictures + other.pictures,
        skipped + other.skipped);
  }

  /** Mean cross entropy in nats; not a number if all steps were skipped. */
  public double meanLoss() {
    return loss / weight;
  }

  /** Share of the pictures that were recognised. */
  public double accuracy() {
    return (double) hits / pictures;
  }
}
