package org.genrewise.evaluation;

import java.io.Serializable;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * How often each class was taken for each, and the figures that follow from it. Where a figure is
 * undefined it is 0, and {@link #macroF1} leaves out classes that neither occur nor were predicted:
 * what scikit-learn does by default with {@code zero_division=0}.
 */
public final class ConfusionMatrix implements Serializable {
  private static final long serialVersionUID = 1;

  private final long[][] counts;

  /**
   * @param counts row: true class; column: predicted class; copied
   */
  public ConfusionMatrix(long[][] counts) {
    for (long[] row : counts) {
      if (row.length != counts.length || Arrays.stream(row).anyMatch(n -> n < 0)) {
        throw new IllegalArgumentException(
            "a confusion matrix is square and holds no negative count");
      }
    }
    this.counts = Arrays.stream(counts).map(long[]::clone).toArray(long[][]::new);
  }

  public int classes() {
    return counts.length;
  }

  /** Samples of class {@code actual} that were taken for {@code predicted}. */
  public long count(int actual, int predicted) {
    return counts[actual][predicted];
  }

  /** All samples. */
  public long samples() {
    return IntStream.range(0, classes()).mapToLong(this::support).sum();
  }

  /** Samples that are of the class. */
  public long support(int c) {
    return Arrays.stream(counts[c]).sum();
  }

  /** Samples that were taken for the class. */
  public long predicted(int c) {
    return Arrays.stream(counts).mapToLong(row -> row[c]).sum();
  }

  /** Share of all samples that were recognised. */
  public double accuracy() {
    return ratio(IntStream.range(0, classes()).mapToLong(c -> counts[c][c]).sum(), samples());
  }

  /** Share of what was taken for the class that is of the class. */
  public double precision(int c) {
    return ratio(counts[c][c], predicted(c));
  }

  /** Share of what is of the class that was recognised. */
  public double recall(int c) {
    return ratio(counts[c][c], support(c));
  }

  /** Harmonic mean of precision and recall. */
  public double f1(int c) {
    return ratio(2 * counts[c][c], support(c) + predicted(c));
  }

  /** Mean F1 over the classes that occur or were predicted. */
  public double macroF1() {
    return IntStream.range(0, classes())
        .filter(c -> support(c) + predicted(c) > 0)
        .mapToDouble(this::f1)
        .average()
        .orElse(0);
  }

  private static double ratio(long part, long whole) {
    return whole == 0 ? 0 : (double) part / whole;
  }
}
