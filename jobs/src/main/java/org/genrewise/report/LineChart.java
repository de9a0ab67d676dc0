package org.genrewise.report;

import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Lines over a common axis, with a legend and the numbers in a table below.
 *
 * @param title what the chart shows
 * @param x the horizontal axis; where all its values are whole, so are its ticks
 * @param y the vertical axis
 * @param series at most {@value #MOST_SERIES}, told apart by colour, dash and marker; values that
 *     are not finite leave gaps, and a series may be empty
 */
public record LineChart(String title, Axis x, Axis y, List<Series> series) implements Block {

  /** How many lines can still be told apart. */
  public static final int MOST_SERIES = 6;

  private static final int WIDTH = 440;
  private static final int HEIGHT = 270;
  private static final int LEFT = 48;
  private static final int RIGHT = WIDTH - 14;
  private static final int TOP = 26;
  private static final int BOTTOM = HEIGHT - 42;
  private static final int MOST_MARKERS = 60;

  public LineChart {
    Objects.requireNonNull(title, "title");
    Objects.requireNonNull(x, "x");
    Objects.requireNonNull(y, "y");
    series = List.copyOf(series);
    if (series.size() > MOST_SERIES) {
      throw new IllegalArgumentException(
          "the chart \"%s\" has %s series, more than %s cannot be told apart; draw several charts"
              .formatted(title, series.size(), MOST_SERIES));
    }
  }

  @Override
  public boolean wide() {
    return false;
  }

  @Override
  public String html() {
    return "<figure class=\"chart\"><figcaption>%s</figcaption>\n%s%s%s</figure>\n"
        .formatted(Markup.escape(title), legend(), plot(), numbers());
  }

  private String legend() {
    return IntStream.range(0, series.size())
        .mapToObj(
            index ->
                "<li><svg viewBox=\"0 0 28 10\" aria-hidden=\"true\"><path class=\"line s%1$s\" d=\"M1 5H27\"/>%2$s</svg>%3$s</li>\n"
                    .formatted(
                        index, marker(index, 14, 5, ""), Markup.escape(series.get(index).name())))
        .collect(Collectors.joining("", "<ul class=\"legend\">\n", "</ul>\n"));
  }

  private String plot() {
    List<Series.Point> finite =
        series.stream()
            .flatMap(line -> line.points().stream())
            .filter(Series.Point::finite)
            .toList();
    boolean whole = finite.stream().allMatch(point -> point.x() == Math.rint(point.x()));
    Ticks across = ticks(x, finite.stream().map(Series.Point::x), whole ? 1 : 0, 7);
    Ticks up = ticks(y, finite.stream().map(Series.Point::y), 0, 5);
    // The horizontal axis ends where the data end; rounding it up would leave the right side empty.
    DoubleSummaryStatistics range = range(x, finite.stream().map(Series.Point::x));
    double low = range.getMin() < range.getMax() ? range.getMin() : across.low();
    double high = range.getMin() < range.getMax() ? range.getMax() : across.high();
    Scale horizontal = new Scale(low, high, LEFT, RIGHT);
    Scale vertical = new Scale(up.low(), up.high(), BOTTOM, TOP);
    String nothing =
        finite.isEmpty()
            ? "<text class=\"empty\" x=\"%s\" y=\"%s\" text-anchor=\"middle\">no values</text>"
                .formatted((LEFT + RIGHT) / 2, (TOP + BOTTOM) / 2)
            : "";
    String lines =
        IntStream.range(0, series.size())
            .mapToObj(index -> line(index, horizontal, vertical))
            .collect(Collectors.joining());
    return """
        <svg class="plot" role="img" viewBox="0 0 %s %s" aria-label="%s">
        <title>%s</title>
        <desc>%s</desc>
        %s%s%s%s</svg>
        """
        .formatted(
            WIDTH,
            HEIGHT,
            Markup.escape(title),
            Markup.escape(title),
            Markup.escape(description()),
            verticalAxis(up, vertical),
            horizontalAxis(across, horizontal),
            lines,
            nothing);
  }

  private static Ticks ticks(Axis axis, Stream<Double> values, double smallestStep, int intervals) {
    DoubleSummaryStatistics range = range(axis, values);
    return Ticks.enclosing(range.getMin(), range.getMax(), intervals, smallestStep);
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

  private String verticalAxis(Ticks ticks, Scale scale) {
    String marks =
        ticks.positions().stream()
            .map(
                position -> {
                  String at = Markup.coordinate(scale.at(position));
                  return "<path class=\"%s\" d=\"M%s %sH%s\"/><text x=\"%s\" y=\"%s\" dy=\".35em\" text-anchor=\"end\">%s</text>\n"
                      .formatted(
                          position == ticks.low() ? "axis" : "grid",
                          LEFT,
                          at,
                          RIGHT,
                          LEFT - 7,
                          at,
                          ticks.label(position));
                })
            .collect(Collectors.joining());
    return marks + "<text class=\"name\" x=\"2\" y=\"12\">" + Markup.escape(y.text()) + "</text>\n";
  }

  private String horizontalAxis(Ticks ticks, Scale scale) {
    String marks =
        ticks.positions().stream()
            .filter(scale::holds)
            .map(
                position -> {
                  String at = Markup.coordinate(scale.at(position));
                  return "<path class=\"axis\" d=\"M%s %sv4\"/><text x=\"%s\" y=\"%s\" text-anchor=\"middle\">%s</text>\n"
                      .formatted(at, BOTTOM, at, BOTTOM + 18, ticks.label(position));
                })
            .collect(Collectors.joining());
    return marks
        + "<text class=\"name\" x=\"%s\" y=\"%s\" text-anchor=\"end\">%s</text>\n"
            .formatted(RIGHT, HEIGHT - 6, Markup.escape(x.text()));
  }

  private String line(int index, Scale horizontal, Scale vertical) {
    Series line = series.get(index);
    StringBuilder path = new StringBuilder();
    StringBuilder markers = new StringBuilder();
    boolean joined = false;
    boolean marked = line.points().size() <= MOST_MARKERS;
    List<Series.Point> points = line.points();
    for (int at = 0; at < points.size(); at++) {
      Series.Point point = points.get(at);
      boolean continues = at + 1 < points.size() && points.get(at + 1).finite();
      if (point.finite()) {
        double px = horizontal.at(point.x());
        double py = vertical.at(point.y());
        path.append(joined ? 'L' : 'M')
            .append(Markup.coordinate(px))
            .append(' ')
            .append(Markup.coordinate(py));
        // A point between two gaps has no line that would show it.
        if (marked || !joined && !continues) {
          String text =
              "%s: %s at %s"
                  .formatted(line.name(), Markup.number(point.y()), Markup.number(point.x()));
          markers.append(marker(index, px, py, text));
        }
      }
      joined = point.finite();
    }
    return path.isEmpty()
        ? ""
        : "<path class=\"line s%s\" d=\"%s\"/>\n%s\n".formatted(index, path, markers);
  }

  /** Circle, square, diamond, then the same hollow. */
  private static String marker(int index, double x, double y, String text) {
    String shape =
        switch (index % 3) {
          case 0 -> "m-3 0a3 3 0 1 0 6 0a3 3 0 1 0 -6 0z";
          case 1 -> "m-2.7 -2.7h5.4v5.4h-5.4z";
          default -> "m0 -3.8l3.8 3.8l-3.8 3.8l-3.8 -3.8z";
        };
    String start = "M" + Markup.coordinate(x) + " " + Markup.coordinate(y);
    String hollow = index < 3 ? "" : " hollow";
    String tip = text.isEmpty() ? "" : "<title>" + Markup.escape(text) + "</title>";
    return "<path class=\"marker s%s%s\" d=\"%s%s\">%s</path>"
        .formatted(index, hollow, start, shape, tip);
  }

  private String description() {
    return series.stream()
        .map(LineChart::summary)
        .collect(Collectors.joining("; ", y.text() + " over " + x.text() + ". ", "."));
  }

  private static String summary(Series line) {
    List<Series.Point> finite = line.points().stream().filter(Series.Point::finite).toList();
    if (finite.isEmpty()) {
      return line.name() + ": no values";
    }
    return "%s: from %s to %s"
        .formatted(
            line.name(),
            Markup.number(finite.get(0).y()),
            Markup.number(finite.get(finite.size() - 1).y()));
  }

  private String numbers() {
    List<Table.Column> columns = new ArrayList<>();
    columns.add(Table.Column.number(x.text()));
    series.forEach(line -> columns.add(Table.Column.number(line.name())));
    List<List<String>> rows =
        series.stream()
            .flatMap(line -> line.points().stream())
            .map(Series.Point::x)
            .filter(Double::isFinite)
            .distinct()
            .sorted()
            .map(this::row)
            .toList();
    return "<details><summary>Numbers</summary>\n"
        + new Table("", columns, rows).html()
        + "</details>\n";
  }

  private List<String> row(double position) {
    Stream<String> values =
        series.stream()
            .map(
                line ->
                    line.points().stream()
                        .filter(point -> point.x() == position)
                        .findFirst()
                        .map(point -> Markup.number(point.y()))
                        .orElse(""));
    return Stream.concat(Stream.of(Markup.number(position)), values).toList();
  }

  /** Maps a range of values onto a range of pixels. */
  private record Scale(double low, double high, double start, double end) {

    double at(double value) {
      return start + (value - low) / (high - low) * (end - start);
    }

    boolean holds(double value) {
      double tolerance = (high - low) * 1e-6;
      return value >= low - tolerance && value <= high + tolerance;
    }
  }
}
