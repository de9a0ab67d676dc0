package org.genrewise.jobs.cli;

import java.util.Map;

/**
 * What one of the standard streams can show. Each is asked for by itself: results may go into a
 * file while progress is watched.
 *
 * @param rewrites whether a line can be written over
 * @param colours whether text may have colours
 */
public record Terminal(boolean rewrites, boolean colours) {

  /** A file, a pipe, or whatever is not known to be a terminal. */
  public static final Terminal NONE = new Terminal(false, false);

  /** Standard output. */
  public static Terminal out() {
    return of(Boolean.getBoolean("genrewise.terminal.out"), System.getenv());
  }

  /** Standard error. */
  public static Terminal err() {
    return of(Boolean.getBoolean("genrewise.terminal.err"), System.getenv());
  }

  /**
   * @param isTerminal as the shell says that starts Java: Java 17 only knows whether input and
   *     output both are terminals, and later ones answer otherwise
   * @param environment {@code NO_COLOR} (any text) forbids colours; {@code CLICOLOR_FORCE} (but 0)
   *     asks for them even in a pipe; {@code CLICOLOR=0} and {@code TERM=dumb} do without
   */
  static Terminal of(boolean isTerminal, Map<String, String> environment) {
    String kind = environment.getOrDefault("TERM", "");
    boolean capable = isTerminal && !kind.isEmpty() && !kind.equals("dumb");
    boolean wanted = !environment.getOrDefault("CLICOLOR", "").equals("0");
    String force = environment.getOrDefault("CLICOLOR_FORCE", "");
    boolean forced = !force.isEmpty() && !force.equals("0");
    boolean forbidden = !environment.getOrDefault("NO_COLOR", "").isEmpty();
    return new Terminal(capable, !forbidden && (forced || capable && wanted));
  }

  /** Text in a style, or as it is. */
  public String paint(Style style, String text) {
    return colours && !text.isEmpty() ? style.on(text) : text;
  }
}
