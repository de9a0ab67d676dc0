package org.genrewise.jobs.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.genrewise.report.Table;

/** A table as lines of text with aligned columns. */
final class TextTable {
  private static final String GAP = "   ";

  private TextTable() {}

  /** The caption, the header and the rows. */
  static List<String> lines(Table table) {
    List<List<String>> rows =
        Stream.concat(
                Stream.of(table.columns().stream().map(Table.Column::name).toList()),
                table.rows().stream())
            .toList();
    List<String> lines = new ArrayList<>(List.of(table.caption()));
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder("  ");
      for (int c = 0; c < row.size(); c++) {
        int column = c;
        int width = rows.stream().mapToInt(cells -> cells.get(column).length()).max().orElse(0);
        String space = " ".repeat(width - row.get(c).length());
        boolean number = table.columns().get(c).kind() == Table.Kind.NUMBER;
        line.append(number ? space + row.get(c) : row.get(c) + space).append(GAP);
      }
      lines.add(line.toString().stripTrailing());
    }
    return lines;
  }
}
