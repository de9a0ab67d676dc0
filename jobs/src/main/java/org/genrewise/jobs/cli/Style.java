package org.genrewise.jobs.cli;

/** How text looks on a terminal that shows colours. */
public enum Style {
  /** What a table's columns are. */
  HEADING("1"),
  /** What tells of the run and is no result. */
  NOTE("2"),
  /** The present state of long work. */
  PROGRESS("36"),
  WARNING("1;33"),
  ERROR("1;31");

  private final String codes;

  Style(String codes) {
    this.codes = codes;
  }

  String on(String text) {
    return "\u001b[%sm%s\u001b[0m".formatted(codes, text);
  }
}
