package org.genrewise.report;

import java.util.Objects;

/**
 * What an axis of a {@link LineChart} measures.
 *
 * @param label name of the quantity
 * @param unit shown in brackets behind the label; empty for none
 * @param low the axis reaches at least down to here; NaN to leave it to the data
 * @param high the axis reaches at least up to here; NaN to leave it to the data
 */
public record Axis(String label, String unit, double low, double high) {

  public Axis {
    Objects.requireNonNull(label, "label");
    Objects.requireNonNull(unit, "unit");
    if (Double.isInfinite(low) || Double.isInfinite(high) || low > high) {
      throw new IllegalArgumentException(
          "the axis \"%s\" cannot reach from %s to %s; give low <= high, or NaN for either"
              .formatted(label, low, high));
    }
  }

  /** An axis whose range follows from the data. */
  public static Axis of(String label, String unit) {
    return new Axis(label, unit, Double.NaN, Double.NaN);
  }

  /** This axis, reaching at least from {@code low} to {@code high}. */
  public Axis reaching(double low, double high) {
    return new Axis(label, unit, low, high);
  }

  String text() {
    return unit.isEmpty() ? label : label + " (" + unit + ")";
  }
}
