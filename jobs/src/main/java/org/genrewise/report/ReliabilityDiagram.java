package org.genrewise.report;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * How far a model's confidence can be believed: a bar of accuracy for each bin of confidence, the
 * gap to the mean confidence, the diagonal on which bars of an honest model end, and below how many
 * samples each bin has.
 *
 * @param title what was predicted
 * @param unit what is counted, in the plural, such as "tracks"
 * @param bins the lowest confidence first; those without samples are not drawn
 * @param expectedError expected calibration error, 0 to 1
 * @param maximumError maximum calibration error, 0 to 1
 */
public record ReliabilityDiagram(
    String title, String unit, List<Bin> bins, double expectedError, double maximumError)
    implements Block {

  /** The legend's signs, at the size that the stylesheet gives them. */
  private static final String LEGEND =
      """
      <ul class="legend">
      <li><svg viewBox="0 0 28 10" aria-hidden="true"><rect class="accuracy" width="28" height="10"/></svg>accuracy</li>
      <li><svg viewBox="0 0 28 10" aria-hidden="true"><rect class="gap" x="1" y="1" width="26" height="8"/></svg>gap to the mean confidence</li>
      <li><svg viewBox="0 0 28 10" aria-hidden="true"><path class="diagonal" d="M1 5H27"/></svg>as right as it is sure</li>
      </ul>
      """;

  /**
   * The samples of similar confidence.
   *
   * @param from lower end of the bin, 0 to 1
   * @param to upper end of the bin, above {@code from}, 1 at most
   * @param count how many samples there are, 0 or more
   * @param confidence their mean confidence, 0 to 1
   * @param accuracy share of them that is right, 0 to 1
   */
  public record Bin(double from, double to, long count, double confidence, double accuracy) {

    public Bin {
      if (!(0 <= from && from < to && to <= 1) || count < 0) {
        throw new IllegalArgumentException(
            "a bin from %s to %s with %d samples; bins lie in 0 to 1 and hold no negative number"
                .formatted(from, to, count));
      }
    }

    String range() {
      return Markup.number(from, 2) + "–" + Markup.number(to, 2);
    }

    /** How much more sure than right the model is; below 0 if it is too modest. */
    double gap() {
      return confidence - accuracy;
    }
  }

  public ReliabilityDiagram {
    Objects.requireNonNull(title, "title");
    Objects.requireNonNull(unit, "unit");
    bins = List.copyOf(bins);
  }

  @Override
  public boolean wide() {
    return false;
  }

  @Override
  public String html() {
    return """
        <figure class="chart reliability"><figcaption>%s</figcaption>
        <p class="note">Expected calibration error %s, maximum %s</p>
        %s%s%s</figure>
        """
        .formatted(
            Markup.escape(title),
            Markup.number(expectedError, 3),
            Markup.number(maximumError, 3),
            LEGEND,
            plot(),
            numbers());
  }

  private String plot() {
    List<Bin> filled = bins.stream().filter(bin -> bin.count > 0).toList();
    return """
        <svg class="plot" role="img" viewBox="0 0 %s %s" aria-label="%s">
        <title>%s</title>
        <desc>%s</desc>
        %s</svg>
        """
        .formatted(
            PlotArea.WIDTH,
            ReliabilityPlot.HEIGHT,
            Markup.escape(title),
            Markup.escape(title),
            Markup.escape(description(filled)),
            ReliabilityPlot.of(unit, filled).html());
  }

  private String description(List<Bin> filled) {
    return filled.stream()
        .map(
            bin ->
                "%s: %s of %s right"
                    .formatted(bin.range(), Markup.number(bin.accuracy, 3), bin.count))
        .collect(
            Collectors.joining(
                "; ",
                "Accuracy over confidence. Expected calibration error %s. "
                    .formatted(Markup.number(expectedError, 3)),
                ""));
  }

  private String numbers() {
    List<Table.Column> columns =
        List.of(
            Table.Column.number("confidence"),
            Table.Column.number(unit),
            Table.Column.number("mean confidence"),
            Table.Column.number("accuracy"),
            Table.Column.number("gap"));
    List<List<String>> rows =
        bins.stream()
            .map(
                bin -> {
                  boolean empty = bin.count == 0;
                  return List.of(
                      bin.range(),
                      Long.toString(bin.count),
                      empty ? "" : Markup.number(bin.confidence, 3),
                      empty ? "" : Markup.number(bin.accuracy, 3),
                      empty ? "" : Markup.number(bin.gap(), 3));
                })
            .toList();
    return "<details><summary>Numbers</summary>\n"
        + new Table("", columns, rows).html()
        + "</details>\n";
  }
}
