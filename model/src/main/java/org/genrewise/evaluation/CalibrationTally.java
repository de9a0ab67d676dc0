package org.genrewise.evaluation;

import java.io.Serializable;
import java.util.stream.IntStream;
import org.genrewise.evaluation.Calibration.Bin;

/**
 * Collects confidences one by one for a {@link Calibration}. Its size does not depend on how many
 * there are, and tallies made apart can be merged. Not thread-safe.
 */
final class CalibrationTally implements Serializable {
  private static final long serialVersionUID = 1;

  private final long[] samples = new long[Calibration.BINS];
  private final long[] right = new long[Calibration.BINS];
  private final double[] confidence = new double[Calibration.BINS];

  /**
   * Adds one sample.
   *
   * @param confidence probability of the predicted class, 0 to 1
   * @param right whether it is the true class
   */
  void add(double confidence, boolean right) {
    int bin = indexOf(confidence);
    samples[bin]++;
    this.confidence[bin] += confidence;
    if (right) {
      this.right[bin]++;
    }
  }

  /** Rounding may leave a probability a little above 1. */
  private static int indexOf(double confidence) {
    int above = (int) Math.ceil(confidence * Calibration.BINS);
    return Math.max(0, Math.min(Calibration.BINS, above) - 1);
  }

  void merge(CalibrationTally other) {
    for (int bin = 0; bin < Calibration.BINS; bin++) {
      samples[bin] += other.samples[bin];
      right[bin] += other.right[bin];
      confidence[bin] += other.confidence[bin];
    }
  }

  Calibration calibration() {
    return new Calibration(IntStream.range(0, Calibration.BINS).mapToObj(this::bin).toList());
  }

  private Bin bin(int index) {
    long count = Math.max(1, samples[index]);
    return new Bin(
        (double) index / Calibration.BINS,
        (double) (index + 1) / Calibration.BINS,
        samples[index],
        confidence[index] / count,
        (double) right[index] / count);
  }
}
