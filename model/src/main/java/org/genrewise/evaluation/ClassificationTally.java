package org.genrewise.evaluation;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import org.genrewise.inference.Ranking;

/**
 * Collects predictions one by one for a {@link ClassificationReport}. Its size does not depend on
 * how many there are, and tallies made apart can be merged. Not thread-safe.
 */
public final class ClassificationTally implements Serializable {
  private static final long serialVersionUID = 1;
  private static final int TOP = 5;

  /** Probabilities below this count as this, so that one sure mistake leaves the mean finite. */
  private static final double SMALLEST_PROBABILITY = Math.ulp(1f);

  private final long[][] counts;
  private final CalibrationTally calibration = new CalibrationTally();
  private long topHits;
  private double loss;

  /**
   * @param classes how many there are
   */
  public ClassificationTally(int classes) {
    counts = new long[classes][classes];
  }

  /**
   * Adds one sample.
   *
   * @param actual its class
   * @param probabilities one a class, in index order
   */
  public void add(int actual, double[] probabilities) {
    if (probabilities.length != counts.length || actual < 0 || actual >= counts.length) {
      throw new IllegalArgumentException(
          "class %d with %d probabilities does not fit %d classes"
              .formatted(actual, probabilities.length, counts.length));
    }
    if (!Arrays.stream(probabilities).allMatch(Double::isFinite)) {
      throw new IllegalArgumentException(
          "probabilities must be finite, not " + Arrays.toString(probabilities));
    }
    int predicted = Ranking.best(probabilities);
    counts[actual][predicted]++;
    calibration.add(probabilities[predicted], predicted == actual);
    if (Ranking.rank(probabilities, actual) < TOP) {
      topHits++;
    }
    loss -= Math.log(Math.max(probabilities[actual], SMALLEST_PROBABILITY));
  }

  /** Adds what another tally of the same classes has collected. */
  public void merge(ClassificationTally other) {
    for (int actual = 0; actual < counts.length; actual++) {
      for (int predicted = 0; predicted < counts.length; predicted++) {
        counts[actual][predicted] += other.counts[actual][predicted];
      }
    }
    calibration.merge(other.calibration);
    topHits += other.topHits;
    loss += other.loss;
  }

  /**
   * The report on all samples so far.
   *
   * @throws IllegalStateException if there were none
   */
  public ClassificationReport report(List<String> classes) {
    ConfusionMatrix confusion = new ConfusionMatrix(counts);
    long samples = confusion.samples();
    if (samples == 0) {
      throw new IllegalStateException("nothing was evaluated: there are no samples");
    }
    return new ClassificationReport(
        classes, confusion, calibration.calibration(), (double) topHits / samples, loss / samples);
  }
}
