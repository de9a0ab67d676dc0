package org.genrewise.report;

import java.util.List;
import java.util.stream.Collectors;
import org.genrewise.report.ReliabilityDiagram.Bin;

/**
 * The drawing in a {@link ReliabilityDiagram}: accuracy over confidence, and below it, over the
 * same axis, how many samples there are.
 *
 * @param unit what is counted
 * @param bins those that have samples
 * @param area where values lie
 */
record ReliabilityPlot(String unit, List<Bin> bins, PlotArea area) {

  private static final int STRIP_TOP = PlotArea.HEIGHT + 4;
  private static final int STRIP_BOTTOM = STRIP_TOP + 44;

  static final int HEIGHT = STRIP_BOTTOM + 2;

  static ReliabilityPlot of(String unit, List<Bin> bins) {
    Ticks ticks = Ticks.enclosing(0, 1, 5, 0);
    Axis confidence = Axis.of("confidence", "");
    Axis accuracy = Axis.of("accuracy", "");
    return new ReliabilityPlot(
        unit, bins, new PlotArea(confidence, accuracy, ticks, ticks, 0, 1, bins.isEmpty()));
  }

  String html() {
    return area.html()
        + bins.stream().map(this::bar).collect(Collectors.joining())
        + diagonal()
        + strip();
  }

  private String diagonal() {
    return "<path class=\"diagonal\" d=\"M%s %sL%s %s\"/>\n"
        .formatted(
            Markup.coordinate(area.across(0)),
            Markup.coordinate(area.up(0)),
            Markup.coordinate(area.across(1)),
            Markup.coordinate(area.up(1)));
  }

  private String bar(Bin bin) {
    String tip =
        "confidence %s: %s %s, mean confidence %s, accuracy %s"
            .formatted(
                bin.range(),
                bin.count(),
                unit,
                Markup.number(bin.confidence(), 3),
                Markup.number(bin.accuracy(), 3));
    return "<g><title>%s</title>%s%s</g>\n"
        .formatted(
            Markup.escape(tip),
            rectangle("accuracy", bin, area.up(bin.accuracy()), area.up(0)),
            rectangle(
                bin.gap() < 0 ? "gap modest" : "gap",
                bin,
                area.up(Math.max(bin.accuracy(), bin.confidence())),
                area.up(Math.min(bin.accuracy(), bin.confidence()))));
  }

  /** How many samples each bin has, on the same horizontal axis. */
  private String strip() {
    long most = bins.stream().mapToLong(Bin::count).max().orElse(0);
    StringBuilder bars = new StringBuilder();
    for (Bin bin : bins) {
      // A bin that has samples shows that it has, however few.
      double height = Math.max(1, (double) (STRIP_BOTTOM - STRIP_TOP) * bin.count() / most);
      bars.append(rectangle("count", bin, STRIP_BOTTOM - height, STRIP_BOTTOM)).append('\n');
    }
    String left = Markup.coordinate(area.across(0));
    return """
        <text class="name" x="2" y="%s">%s</text>
        <text x="%s" y="%s" dy=".6em" text-anchor="end">%s</text>
        %s<path class="axis" d="M%s %sH%s"/>
        """
        .formatted(
            PlotArea.HEIGHT - 6,
            Markup.escape(unit),
            Markup.coordinate(area.across(0) - 7),
            STRIP_TOP,
            Markup.compact(most),
            bars,
            left,
            STRIP_BOTTOM,
            Markup.coordinate(area.across(1)));
  }

  private String rectangle(String style, Bin bin, double top, double bottom) {
    double left = area.across(bin.from()) + 1;
    return "<rect class=\"%s\" x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\"/>"
        .formatted(
            style,
            Markup.coordinate(left),
            Markup.coordinate(top),
            Markup.coordinate(area.across(bin.to()) - 1 - left),
            Markup.coordinate(bottom - top));
  }
}
