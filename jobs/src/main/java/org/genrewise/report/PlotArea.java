package org.genrewise.report;

import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where values lie in a {@link LineChart}, and the axes around them.
 *
 * @param x what the horizontal axis measures
 * @param y what the vertical axis measures
 * @param marksAcross ticks of the horizontal axis; those outside its range are not drawn
 * @param marksUp ticks of the vertical axis, which reaches from the first to the last
 * @param low left end of the horizontal axis
 * @param high right end of the horizontal axis
 * @param empty whether there is nothing to draw
 */
record PlotArea(
    Axis x, Axis y, Ticks marksAcross, Ticks marksUp, double low, double high, boolean empty) {

  static final int WIDTH = 440;
  static final int HEIGHT = 270;

  private static final int LEFT = 60;
  private static final int RIGHT = WIDTH - 14;
  private static final int TOP = 26;
  private static final int BOTTOM = HEIGHT - 42;

  static PlotArea of(Axis x, Axis y, List<Series> series) {
    List<Series.Point> finite =
        series.stream()
            .flatMap(line -> line.points().stream())
            .filter(Series.Point::finite)
            .toList();
    boolean whole = finite.stream().allMatch(point -> point.x() == Math.rint(point.x()));
    DoubleSummaryStatistics across = range(x, finite.stream().map(Series.Point::x));
    DoubleSummaryStatistics up = range(y, finite.stream().map(Series.Point::y));
    Ticks marksAcross = Ticks.enclosing(across.getMin(), across.getMax(), 7, whole ? 1 : 0);
    Ticks marksUp = Ticks.enclosing(up.getMin(), up.getMax(), 5, 0);
    // The horizontal axis ends where the data end; rounding it up would leave the right side empty.
    boolean wide = across.getMin() < across.getMax();
    return new PlotArea(
        x,
        y,
        marksAcross,
        marksUp,
        wide ? across.getMin() : marksAcross.low(),
        wide ? across.getMax() : marksAcross.high(),
        finite.isEmpty());
  }

  private static DoubleSummaryStatistics range(Axis axis, Stream<Double> values) {
    DoubleSummaryStatistics range =
        Stream.concat(values, Stream.of(axis.low(), axis.high()).filter(Double::isFinite))
            .mapToDouble(Double::doubleValue)
            .summaryStatistics();
    if (range.getCount() == 0) {
      range.accept(0);
      range.accept(1);
    }
    return range;
  }

  /** Horizontal position of a value, in pixels from the left. */
  double across(double value) {
    return LEFT + (value - low) / (high - low) * (RIGHT - LEFT);
  }

  /** Vertical position of a value, in pixels from the top. */
  double up(double value) {
    double share = (value - marksUp.low()) / (marksUp.high() - marksUp.low());
    return BOTTOM - share * (BOTTOM - TOP);
  }

  String html() {
    return verticalAxis() + horizontalAxis() + (empty ? nothing() : "");
  }

  private String verticalAxis() {
    String marks =
        marksUp.positions().stream()
            .map(
                position -> {
                  String at = Markup.coordinate(up(position));
                  return "<path class=\"%s\" d=\"M%s %sH%s\"/><text x=\"%s\" y=\"%s\" dy=\".35em\" text-anchor=\"end\">%s</text>\n"
                      .formatted(
                          position == marksUp.low() ? "axis" : "grid",
                          LEFT,
                          at,
                          RIGHT,
                          LEFT - 7,
                          at,
                          marksUp.label(position));
                })
            .collect(Collectors.joining());
    return marks + "<text class=\"name\" x=\"2\" y=\"12\">" + Markup.escape(y.text()) + "</text>\n";
  }

  private String horizontalAxis() {
    double tolerance = (high - low) * 1e-6;
    String marks =
        marksAcross.positions().stream()
            .filter(position -> position >= low - tolerance && position <= high + tolerance)
            .map(
                position -> {
                  String at = Markup.coordinate(across(position));
                  return "<path class=\"axis\" d=\"M%s %sv4\"/><text x=\"%s\" y=\"%s\" text-anchor=\"middle\">%s</text>\n"
                      .formatted(at, BOTTOM, at, BOTTOM + 18, marksAcross.label(position));
                })
            .collect(Collectors.joining());
    return marks
        + "<text class=\"name\" x=\"%s\" y=\"%s\" text-anchor=\"end\">%s</text>\n"
            .formatted(RIGHT, HEIGHT - 6, Markup.escape(x.text()));
  }

  private static String nothing() {
    return "<text class=\"empty\" x=\"%s\" y=\"%s\" text-anchor=\"middle\">no values</text>\n"
        .formatted((LEFT + RIGHT) / 2, (TOP + BOTTOM) / 2);
  }
}
