package org.genrewise.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One self-contained HTML page. It loads nothing, runs no script, follows the reader's light or
 * dark scheme, and is well-formed XML.
 *
 * <pre>{@code
 * Report.titled("Demo", "160 pieces in 16 classes")
 *     .section("Training", new LineChart(...), new LineChart(...))
 *     .section("Held-out tracks", new ConfusionHeatMap(...))
 *     .write(Path.of("report.html"));
 * }</pre>
 *
 * @param title of the page
 * @param subtitle one line below the title; empty for none
 * @param sections in reading order
 */
public record Report(String title, String subtitle, List<Section> sections) {

  /** A heading and what stands below it. */
  public record Section(String heading, List<Block> blocks) {

    public Section {
      Objects.requireNonNull(heading, "heading");
      blocks = List.copyOf(blocks);
    }
  }

  public Report {
    Objects.requireNonNull(title, "title");
    Objects.requireNonNull(subtitle, "subtitle");
    sections = List.copyOf(sections);
  }

  /** A report without sections. */
  public static Report titled(String title, String subtitle) {
    return new Report(title, subtitle, List.of());
  }

  /** This report with one more section at its end. */
  public Report section(String heading, Block... blocks) {
    return section(heading, List.of(blocks));
  }

  /** This report with one more section at its end. */
  public Report section(String heading, List<? extends Block> blocks) {
    Section added = new Section(heading, List.copyOf(blocks));
    return new Report(title, subtitle, Stream.concat(sections.stream(), Stream.of(added)).toList());
  }

  /** The whole page. */
  public String html() {
    String lead = subtitle.isEmpty() ? "" : "<p>" + Markup.escape(subtitle) + "</p>\n";
    return """
        <!DOCTYPE html>
        <html xmlns="http://www.w3.org/1999/xhtml" lang="en">
        <head>
        <meta charset="utf-8"/>
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:"/>
        <meta name="viewport" content="width=device-width, initial-scale=1"/>
        <meta name="color-scheme" content="light dark"/>
        <title>%s</title>
        <style>
        %s</style>
        </head>
        <body>
        <header>
        <h1>%s</h1>
        %s</header>
        <main>
        %s</main>
        </body>
        </html>
        """
        .formatted(
            Markup.escape(title),
            Stylesheet.CSS,
            Markup.escape(title),
            lead,
            sections.stream().map(Report::section).collect(Collectors.joining()));
  }

  private static String section(Section section) {
    return section.blocks.stream()
        .map(
            block ->
                block.wide() ? "<div class=\"wide\">" + block.html() + "</div>\n" : block.html())
        .collect(
            Collectors.joining(
                "",
                "<section>\n<h2>"
                    + Markup.escape(section.heading)
                    + "</h2>\n<div class=\"blocks\">\n",
                "</div>\n</section>\n"));
  }

  /**
   * Writes the page as UTF-8, creating its folder where needed. The file appears whole or not at
   * all: it is written beside its place and then moved there.
   *
   * @throws IOException when the folder cannot be made or written to
   */
  public void write(Path file) throws IOException {
    Path target = file.toAbsolutePath();
    Files.createDirectories(target.getParent());
    // Not createTempFile: its permissions (owner only) would stay with the report.
    Path temporary = target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID());
    try {
      Files.write(temporary, html().getBytes(StandardCharsets.UTF_8));
      Files.move(
          temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }
}
