package org.genrewise.report;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A table whose first column names its rows.
 *
 * @param caption what the table shows; empty for none
 * @param columns name and alignment of each column
 * @param rows cells as text, each row as long as {@code columns}
 */
public record Table(String caption, List<Column> columns, List<List<String>> rows)
    implements Block {

  /** How the cells of a column are set. */
  public enum Kind {
    /** Aligned left. */
    TEXT,
    /** Aligned right with digits of equal width; give each cell the same number of decimals. */
    NUMBER
  }

  /** The heading of a column and how its cells are set. */
  public record Column(String name, Kind kind) {

    public Column {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(kind, "kind");
    }

    public static Column text(String name) {
      return new Column(name, Kind.TEXT);
    }

    public static Column number(String name) {
      return new Column(name, Kind.NUMBER);
    }
  }

  public Table {
    Objects.requireNonNull(caption, "caption");
    columns = List.copyOf(columns);
    rows = rows.stream().map(List::copyOf).toList();
    if (columns.isEmpty()) {
      throw new IllegalArgumentException("table \"" + caption + "\" has no columns");
    }
    for (int row = 0; row < rows.size(); row++) {
      if (rows.get(row).size() != columns.size()) {
        throw new IllegalArgumentException(
            "row %s of table \"%s\" has %s cells, its header has %s"
                .formatted(row, caption, rows.get(row).size(), columns.size()));
      }
    }
  }

  @Override
  public String html() {
    String title = caption.isEmpty() ? "" : "<caption>" + Markup.escape(caption) + "</caption>\n";
    String header =
        columns.stream()
            .map(column -> cell("th scope=\"col\"", "th", column.kind, column.name))
            .collect(Collectors.joining());
    String body = rows.stream().map(this::row).collect(Collectors.joining());
    return "<div class=\"scroll\" tabindex=\"0\"><table>\n%s<thead><tr>%s</tr></thead>\n<tbody>\n%s</tbody></table></div>\n"
        .formatted(title, header, body);
  }

  private String row(List<String> cells) {
    return IntStream.range(0, cells.size())
        .mapToObj(
            index -> {
              Kind kind = columns.get(index).kind;
              return index == 0
                  ? cell("th scope=\"row\"", "th", kind, cells.get(index))
                  : cell("td", "td", kind, cells.get(index));
            })
        .collect(Collectors.joining("", "<tr>", "</tr>\n"));
  }

  private static String cell(String open, String close, Kind kind, String text) {
    String alignment = kind == Kind.NUMBER ? " class=\"number\"" : "";
    return "<" + open + alignment + ">" + Markup.breakable(text) + "</" + close + ">";
  }
}
