package org.genrewise.jobs.cli;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A table for the console, each column as wide as its widest cell.
 *
 * @param columns their headings, which begin with {@code >} where numbers stand at the right
 * @param rows each with as many cells
 */
public record TextTable(List<String> columns, List<List<String>> rows) {
  private static final String RIGHT = ">";
  private static final String GAP = "  ";

  public TextTable {
    columns = List.copyOf(columns);
    rows = rows.stream().map(List::copyOf).toList();
    for (List<String> row : rows) {
      if (row.size() != columns.size()) {
        throw new IllegalArgumentException(
            "a row of %d cells in a table of %d columns".formatted(row.size(), columns.size()));
      }
    }
  }

  /** Writes it, the headings first. */
  public void print(Console console) {
    List<String> headings =
        columns.stream().map(c -> c.startsWith(RIGHT) ? c.substring(RIGHT.length()) : c).toList();
    List<List<String>> all = new ArrayList<>(Collections.singletonList(headings));
    all.addAll(rows);
    int[] widths =
        IntStream.range(0, columns.size())
            .map(column -> all.stream().mapToInt(row -> width(row.get(column))).max().orElse(0))
            .toArray();
    console.heading(line(headings, widths));
    rows.forEach(row -> console.print(line(row, widths)));
  }

  private String line(List<String> cells, int[] widths) {
    List<String> padded = new ArrayList<>();
    for (int i = 0; i < widths.length; i++) {
      String padding = " ".repeat(widths[i] - width(cells.get(i)));
      boolean right = columns.get(i).startsWith(RIGHT);
      padded.add(right ? padding + cells.get(i) : cells.get(i) + padding);
    }
    return String.join(GAP, padded).stripTrailing();
  }

  private static int width(String text) {
    return text.codePointCount(0, text.length());
  }
}
