package org.genrewise.report;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * A row of large numbers: what a reader should take away.
 *
 * @param figures at least one
 */
public record KeyFigures(List<Figure> figures) implements Block {

  /**
   * One number.
   *
   * @param label what it is, such as "Track accuracy"
   * @param value the number with its unit, already formatted, such as "87.5 %"
   * @param note what it is to be compared with; empty for none
   */
  public record Figure(String label, String value, String note) {

    public Figure {
      Objects.requireNonNull(label, "label");
      Objects.requireNonNull(value, "value");
      Objects.requireNonNull(note, "note");
    }
  }

  public KeyFigures {
    figures = List.copyOf(figures);
    if (figures.isEmpty()) {
      throw new IllegalArgumentException("key figures need at least one figure, got none");
    }
  }

  public static KeyFigures of(Figure... figures) {
    return new KeyFigures(List.of(figures));
  }

  @Override
  public String html() {
    return figures.stream()
        .map(KeyFigures::figure)
        .collect(Collectors.joining("", "<dl class=\"figures\">\n", "</dl>\n"));
  }

  private static String figure(Figure figure) {
    String note =
        figure.note.isEmpty() ? "" : "<dd class=\"note\">" + Markup.escape(figure.note) + "</dd>";
    return "<div><dt>%s</dt><dd class=\"value\">%s</dd>%s</div>\n"
        .formatted(Markup.escape(figure.label), Markup.escape(figure.value), note);
  }
}
