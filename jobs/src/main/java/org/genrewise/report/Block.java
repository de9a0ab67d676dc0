package org.genrewise.report;

/**
 * A part of a report's section. Blocks are immutable, and their HTML is a pure function of what
 * they hold.
 */
public interface Block {

  /** Well-formed XHTML of this block; all text that came from outside is escaped. */
  String html();

  /** Whether the block needs the whole width of the page; narrow blocks stand side by side. */
  default boolean wide() {
    return true;
  }
}
