package org.genrewise.report;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;

/**
 * A confusion matrix: rows are true classes, columns are predicted ones. A cell's colour is its
 * share of the row, right answers in one hue and wrong ones in another; its text is the count.
 *
 * @param title what was classified
 * @param classes names in index order, at least one
 * @param counts {@code counts.get(t).get(p)}: how many of class t were taken for p, 0 or more
 */
public record ConfusionHeatMap(String title, List<String> classes, List<List<Long>> counts)
    implements Block {

  private static final int CELL = 30;

  /** Average width of a character in a wide font at the labels' size, in pixels. */
  private static final double CHARACTER = 7.1;

  private static final int LONGEST_LABEL = 30;

  public ConfusionHeatMap {
    Objects.requireNonNull(title, "title");
    classes = List.copyOf(classes);
    counts = counts.stream().map(List::copyOf).toList();
    int size = classes.size();
    if (size == 0) {
      throw new IllegalArgumentException("the confusion matrix \"" + title + "\" has no classes");
    }
    if (counts.size() != size || counts.stream().anyMatch(row -> row.size() != size)) {
      throw new IllegalArgumentException(
          "the confusion matrix \"%s\" must be %s x %s, as it has %s classes"
              .formatted(title, size, size, size));
    }
    if (counts.stream().flatMap(List::stream).anyMatch(count -> count < 0)) {
      throw new IllegalArgumentException(
          "the confusion matrix \"" + title + "\" has a negative count");
    }
  }

  /** The same from an array, as evaluations keep it. */
  public static ConfusionHeatMap of(String title, List<String> classes, long[][] counts) {
    return new ConfusionHeatMap(
        title,
        classes,
        Arrays.stream(counts).map(row -> LongStream.of(row).boxed().toList()).toList());
  }

  @Override
  public String html() {
    int label = labelWidth();
    // Column labels lean to the right by 45 degrees, so the last one reaches past the last cell.
    int slant = (int) Math.ceil(label * Math.sqrt(0.5)) + 8;
    int side = CELL * classes.size();
    int left = label + 12;
    int top = slant + 22;
    int width = left + side + slant;
    int height = top + side + 6;
    StringBuilder cells = new StringBuilder();
    for (int row = 0; row < classes.size(); row++) {
      cells.append(rowLabel(row, left, top)).append(columnLabel(row, left, top));
    }
    for (int row = 0; row < classes.size(); row++) {
      for (int column = 0; column < classes.size(); column++) {
        cells.append(cell(row, column, left + CELL * column, top + CELL * row));
      }
    }
    return """
        <figure class="confusion"><figcaption>%s</figcaption>
        <p class="key"><span class="hit"></span>right <span class="miss"></span>wrong; \
        the deeper, the larger the share of the true class. Rows: true class. Columns: predicted class.</p>
        <div class="scroll" tabindex="0"><svg role="img" viewBox="0 0 %s %s" width="%s" height="%s" aria-label="%s">
        <title>%s</title>
        <desc>%s</desc>
        <rect class="frame" x="%s" y="%s" width="%s" height="%s"/>
        %s</svg></div></figure>
        """
        .formatted(
            Markup.escape(title),
            width,
            height,
            width,
            height,
            Markup.escape(title),
            Markup.escape(title),
            Markup.escape(description()),
            left,
            top,
            side,
            side,
            cells);
  }

  private int labelWidth() {
    int longest = classes.stream().mapToInt(name -> shortened(name).length()).max().orElse(1);
    return (int) Math.ceil(longest * CHARACTER);
  }

  private static String shortened(String name) {
    String readable = name.replace('_', ' ');
    return readable.length() <= LONGEST_LABEL
        ? readable
        : readable.substring(0, LONGEST_LABEL - 1) + "…";
  }

  private String rowLabel(int row, int left, int top) {
    return "<text x=\"%s\" y=\"%s\" dy=\".35em\" text-anchor=\"end\">%s</text>\n"
        .formatted(
            left - 8, top + CELL * row + CELL / 2, Markup.escape(shortened(classes.get(row))));
  }

  private String columnLabel(int column, int left, int top) {
    return "<text transform=\"translate(%s %s) rotate(-45)\">%s</text>\n"
        .formatted(
            left + CELL * column + CELL / 2 + 3,
            top - 7,
            Markup.escape(shortened(classes.get(column))));
  }

  private String cell(int row, int column, int x, int y) {
    long count = counts.get(row).get(column);
    if (count == 0) {
      return "";
    }
    double share = (double) count / total(row);
    String outcome = row == column ? "hit" : "miss";
    String onColour = share > 0.5 ? " class=\"on\"" : "";
    return """
        <g><title>%s taken for %s: %s of %s</title>\
        <rect class="%s" x="%s" y="%s" width="%s" height="%s" fill-opacity="%s"/>\
        <text%s x="%s" y="%s" dy=".35em" text-anchor="middle">%s</text></g>
        """
        .formatted(
            Markup.escape(classes.get(row)),
            Markup.escape(classes.get(column)),
            count,
            total(row),
            outcome,
            x + 1,
            y + 1,
            CELL - 2,
            CELL - 2,
            Markup.number(0.12 + 0.88 * share, 3),
            onColour,
            x + CELL / 2,
            y + CELL / 2,
            compact(count));
  }

  /** At most four characters, which is what a cell holds. */
  private static String compact(long count) {
    if (count < 10_000) {
      return Long.toString(count);
    }
    if (count < 1_000_000) {
      return count / 1_000 + "k";
    }
    return count < 1_000_000_000 ? count / 1_000_000 + "M" : "1G+";
  }

  private long total(int row) {
    return counts.get(row).stream().mapToLong(Long::longValue).sum();
  }

  private String description() {
    long right = 0;
    long all = 0;
    StringBuilder rows = new StringBuilder();
    for (int row = 0; row < classes.size(); row++) {
      right += counts.get(row).get(row);
      all += total(row);
      rows.append(
          "%s: %s of %s right. ".formatted(classes.get(row), counts.get(row).get(row), total(row)));
    }
    return "%s of %s right. %s".formatted(right, all, rows).strip();
  }
}
