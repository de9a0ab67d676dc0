package org.genrewise.report;

import java.util.Objects;

/**
 * Running text.
 *
 * @param text plain text; it is escaped, not read as markup
 */
public record Paragraph(String text) implements Block {

  public Paragraph {
    Objects.requireNonNull(text, "text");
  }

  @Override
  public String html() {
    return "<p>" + Markup.escape(text) + "</p>\n";
  }
}
