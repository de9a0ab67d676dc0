package org.genrewise.report;

import java.util.List;
import java.util.stream.LongStream;

/**
 * Round positions along an axis: multiples of 1, 2 or 5 times a power of ten.
 *
 * @param step distance between neighbours, above 0
 * @param first index of the first tick; tick i stands at i times the step, so no rounding adds up
 * @param last index of the last tick
 */
record Ticks(double step, long first, long last) {

  /**
   * Ticks that enclose a range.
   *
   * @param low lowest value
   * @param high highest value, not below {@code low}; a range without width is widened around it
   * @param intervals how many intervals are wanted; about as many come
   * @param smallestStep the step is not made smaller than this; 1 for whole numbers, else 0
   */
  static Ticks enclosing(double low, double high, int intervals, double smallestStep) {
    if (!Double.isFinite(low) || !Double.isFinite(high) || low > high) {
      throw new IllegalArgumentException("no axis from " + low + " to " + high);
    }
    double scale = Math.max(Math.abs(low), Math.abs(high));
    double width = high - low;
    // Below this, neighbouring ticks would be the same double.
    if (width <= scale * 1e-9) {
      width = scale == 0 ? 1 : scale * 0.1;
    }
    double step = Math.max(roundStep(width / intervals), smallestStep);
    long first = (long) Math.floor(low / step + 1e-6);
    long last = (long) Math.ceil(high / step - 1e-6);
    return last > first ? new Ticks(step, first, last) : new Ticks(step, first - 1, last + 1);
  }

  private static double roundStep(double raw) {
    double power = Math.pow(10, Math.floor(Math.log10(raw)));
    double fraction = raw / power;
    double rounded = fraction < 1.5 ? 1 : fraction < 3.5 ? 2 : fraction < 7.5 ? 5 : 10;
    return rounded * power;
  }

  double low() {
    return first * step;
  }

  double high() {
    return last * step;
  }

  List<Double> positions() {
    return LongStream.rangeClosed(first, last).mapToObj(index -> index * step).toList();
  }

  /** The text beside a position, every tick with the same number of decimals. */
  String label(double position) {
    double magnitude = Math.max(Math.abs(low()), Math.abs(high()));
    if (magnitude >= 1e6 || magnitude < 1e-4) {
      return Markup.number(position / Math.pow(10, exponent(magnitude)))
          + (position == 0 ? "" : "e" + exponent(magnitude));
    }
    return Markup.number(position, (int) Math.max(0, -Math.floor(Math.log10(step) + 1e-9)));
  }

  private static int exponent(double magnitude) {
    return (int) Math.floor(Math.log10(magnitude));
  }
}
