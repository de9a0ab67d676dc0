package org.genrewise.evaluation;

import java.util.List;

/**
 * How far a model's confidence can be believed: of the samples it is 80 % sure of, are 80 % right?
 * The confidence of a sample is the probability of its most probable class. Made by {@link
 * CalibrationTally}.
 *
 * <p>Source: Guo, Pleiss, Sun and Weinberger, "On Calibration of Modern Neural Networks", ICML
 * 2017, equations 3 and 5 and section 4, whose 15 bins these are.
 *
 * @param bins {@value #BINS} of equal width, the lowest confidence first, together from 0 to 1
 */
public record Calibration(List<Bin> bins) {
  /** How many bins there are. */
  public static final int BINS = 15;

  /**
   * The samples of similar confidence.
   *
   * @param from lower end of the bin, 0 to 1, outside of it except in the first
   * @param to upper end of the bin, 0 to 1, inside it
   * @param samples how many there are
   * @param confidence their mean confidence, 0 to 1; 0 where there are none
   * @param accuracy share of them that is right, 0 to 1; 0 where there are none
   */
  public record Bin(double from, double to, long samples, double confidence, double accuracy) {

    /** How much more sure than right the model is, -1 to 1; below 0 if it is too modest. */
    public double gap() {
      return confidence - accuracy;
    }
  }

  public Calibration {
    bins = List.copyOf(bins);
    if (bins.size() != BINS) {
      throw new IllegalArgumentException(
          "a calibration has %d bins, not %d".formatted(BINS, bins.size()));
    }
  }

  /** Expected calibration error: mean distance of confidence and accuracy over the samples. */
  public double expectedError() {
    long samples = bins.stream().mapToLong(Bin::samples).sum();
    double sum = bins.stream().mapToDouble(bin -> bin.samples() * Math.abs(bin.gap())).sum();
    return samples == 0 ? 0 : sum / samples;
  }

  /** Maximum calibration error: the largest distance of confidence and accuracy in any bin. */
  public double maximumError() {
    return bins.stream().mapToDouble(bin -> Math.abs(bin.gap())).max().orElse(0);
  }
}
