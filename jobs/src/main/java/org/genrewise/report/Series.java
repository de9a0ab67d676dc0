package org.genrewise.report;

import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * One line of a {@link LineChart}.
 *
 * @param name stands in the legend
 * @param points in the order in which they are joined
 */
public record Series(String name, List<Point> points) {

  /** A position in the units of the two axes. Where either is not finite, the line has a gap. */
  public record Point(double x, double y) {

    boolean finite() {
      return Double.isFinite(x) && Double.isFinite(y);
    }
  }

  public Series {
    Objects.requireNonNull(name, "name");
    points = List.copyOf(points);
  }

  /** Values at x = 1, 2, 3, ..., such as one per epoch. */
  public static Series numbered(String name, List<? extends Number> values) {
    return new Series(
        name,
        IntStream.range(0, values.size())
            .mapToObj(index -> new Point(index + 1, values.get(index).doubleValue()))
            .toList());
  }
}
