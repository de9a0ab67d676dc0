package org.genrewise.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads the manifests of the shared data. */
public final class Csv {
  private Csv() {}

  /** The columns of every line but the first; two quotes within quotes are one. */
  public static List<List<String>> rows(Path file) throws IOException {
    return Files.readAllLines(file).stream().skip(1).map(Csv::columns).toList();
  }

  private static List<String> columns(String line) {
    List<String> columns = new ArrayList<>();
    StringBuilder column = new StringBuilder();
    boolean quoted = false;
    for (char c : line.toCharArray()) {
      if (c == '"') {
        quoted = !quoted;
      } else if (c == ',' && !quoted) {
        columns.add(column.toString());
        column.setLength(0);
      } else {
        column.append(c);
      }
    }
    columns.add(column.toString());
    return columns;
  }
}
