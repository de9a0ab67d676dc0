package org.genrewise.check.part;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.genrewise.network.ParameterTable;

/**
 * How far a tensor is from what was expected.
 *
 * @param tensor its name
 * @param largestExpected largest expected size of a value
 * @param largestDifference of two values
 * @param largestRelativeDifference the same over the largest expected size
 * @param relativeDistance L2 norm of the differences over that of what was expected
 * @param noise whether the expected values are rounding errors themselves; then both ratios are of
 *     the largest gradient of all
 */
record Difference(
    String tensor,
    double largestExpected,
    double largestDifference,
    double largestRelativeDifference,
    double relativeDistance,
    boolean noise) {

  /**
   * A gradient this much smaller than the largest of all is rounding: batch norm takes the mean
   * off, so the biases of convolutions have none.
   */
  private static final double NOISE = 1e-5;

  static Difference of(String tensor, float[] actual, float[] expected) {
    if (actual.length != expected.length) {
      throw new IllegalArgumentException(
          "%s has %d values, not %d".formatted(tensor, actual.length, expected.length));
    }
    return of(tensor, actual, expected, 0, expected.length, 0);
  }

  /** Of every tensor of a flat vector of parameters. */
  static List<Difference> of(ParameterTable table, float[] actual, float[] expected) {
    double largest = largestGradient(table, expected);
    List<Difference> all = new ArrayList<>();
    for (ParameterTable.Entry entry : table.entries()) {
      int from = Math.toIntExact(entry.offset());
      int to = from + Math.toIntExact(entry.length());
      all.add(of(entry.vertex() + "." + entry.key(), actual, expected, from, to, largest));
    }
    return all;
  }

  /** Of all gradients as one vector, without the steps of running statistics. */
  static Difference together(ParameterTable table, float[] actual, float[] expected) {
    return of("all", learning(table, actual), learning(table, expected));
  }

  private static float[] learning(ParameterTable table, float[] all) {
    float[] values = new float[all.length];
    int count = 0;
    for (ParameterTable.Entry entry : table.entries()) {
      if (entry.kind() != ParameterTable.Kind.STATISTIC) {
        int length = Math.toIntExact(entry.length());
        System.arraycopy(all, Math.toIntExact(entry.offset()), values, count, length);
        count += length;
      }
    }
    return Arrays.copyOf(values, count);
  }

  private static double largestGradient(ParameterTable table, float[] expected) {
    double largest = 0;
    for (float value : learning(table, expected)) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }

  private static Difference of(
      String tensor, float[] actual, float[] expected, int from, int to, double ofAll) {
    double largest = 0;
    double apart = 0;
    double squares = 0;
    double squaresApart = 0;
    for (int i = from; i < to; i++) {
      double difference = Math.abs((double) actual[i] - expected[i]);
      largest = Math.max(largest, Math.abs(expected[i]));
      apart = Math.max(apart, difference);
      squares += (double) expected[i] * expected[i];
      squaresApart += difference * difference;
    }
    boolean noise = largest < NOISE * ofAll;
    return new Difference(
        tensor,
        largest,
        apart,
        ratio(apart, noise ? ofAll : largest),
        noise ? ratio(apart, ofAll) : ratio(Math.sqrt(squaresApart), Math.sqrt(squares)),
        noise);
  }

  private static double ratio(double part, double whole) {
    return part == 0 ? 0 : part / whole;
  }

  /** The one that is furthest off, by distance; NaN is furthest. */
  static Difference worst(List<Difference> all) {
    return all.stream()
        .max((a, b) -> Double.compare(a.relativeDistance, b.relativeDistance))
        .orElseThrow();
  }

  /** Whether the distance is at most so much; one that is not a number is not. */
  boolean isWithin(double tolerance) {
    return relativeDistance <= tolerance;
  }
}
