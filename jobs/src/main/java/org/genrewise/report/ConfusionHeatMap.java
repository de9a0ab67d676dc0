package org.genrewise.report;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;

/**
 * A confusion matrix: rows are true classes, columns are predicted ones. A cell's colour is its
 * share of the row, right answers in one hue and wrong ones in another; its text is that share in
 * per cent, its tip has the counts too. Beside each row stands how many there are of the class.
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

  /** Room for the number of samples at the right of a row, in pixels. */
  private static final int TOTALS = 44;

  /** What fits beside another block of its kind, in pixels. */
  private static final int NARROW = 480;

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
  public boolean wide() {
    return width() > NARROW;
  }

  @Override
  public String html() {
    int label = labelWidth();
    int side = CELL * classes.size();
    int left = label + 12;
    int top = slant(label) + 22;
    int width = width();
    int height = top + side + 6;
    StringBuilder cells = new StringBuilder();
    for (int row = 0; row < classes.size(); row++) {
      cells
          .append(rowLabel(row, left, top))
          .append(columnLabel(row, left, top))
          .append(rowTotal(row, left + side, top));
    }
    for (int row = 0; row < classes.size(); row++) {
      for (int column = 0; column < classes.size(); column++) {
        cells.append(cell(row, column, left + CELL * column, top + CELL * row));
      }
    }
    return """
        <figure class="confusion"><figcaption>%s</figcaption>
        <p class="key"><span class="hit"></span>right <span class="miss"></span>wrong, \
        in per cent of the true class. Rows: true class, at the right how many there are. Columns: predicted class.</p>
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

  private int width() {
    int label = labelWidth();
    return label + 12 + CELL * classes.size() + Math.max(slant(label), TOTALS);
  }

  /** Column labels lean to the right by 45 degrees, so the last one reaches past the last cell. */
  private static int slant(int label) {
    return (int) Math.ceil(label * Math.sqrt(0.5)) + 8;
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

  private String rowTotal(int row, int right, int top) {
    return "<text class=\"total\" x=\"%s\" y=\"%s\" dy=\".35em\">%s</text>\n"
        .formatted(right + 8, top + CELL * row + CELL / 2, Markup.compact(total(row)));
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
        <g><title>%s taken for %s: %s of %s, %s %%</title>\
        <rect class="%s" x="%s" y="%s" width="%s" height="%s" fill-opacity="%s"/>\
        <text%s x="%s" y="%s" dy=".35em" text-anchor="middle">%s</text></g>
        """
        .formatted(
            Markup.escape(classes.get(row)),
            Markup.escape(classes.get(column)),
            count,
            total(row),
            Markup.number(100 * share, 1),
            outcome,
            x + 1,
            y + 1,
            CELL - 2,
            CELL - 2,
            Markup.number(0.12 + 0.88 * share, 3),
            onColour,
            x + CELL / 2,
            y + CELL / 2,
            Markup.escape(Markup.percent(share)));
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
