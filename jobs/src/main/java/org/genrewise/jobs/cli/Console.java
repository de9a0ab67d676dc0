package org.genrewise.jobs.cli;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Where a run speaks to its user: results on standard output, all else on standard error. On a
 * terminal the progress line is rewritten in place and what is no result is told in colours;
 * elsewhere a line of progress is written now and then, and all text is plain.
 */
public final class Console {
  private static final long TERMINAL_INTERVAL_NANOS = 200_000_000L;
  private static final long PLAIN_INTERVAL_NANOS = 5_000_000_000L;

  /** To the beginning of the line, which is emptied. */
  private static final String CLEAR = "\r\u001b[K";

  /** A line that is too long is cut at the edge instead of going on in the next one. */
  private static final String CUT = "\u001b[?7l%s\u001b[?7h";

  private final PrintStream out;
  private final PrintStream err;
  private final Terminal outTerminal;
  private final Terminal errTerminal;
  private long lastProgress;
  private boolean lineOpen;

  Console(PrintStream out, PrintStream err, Terminal outTerminal, Terminal errTerminal) {
    this.out = out;
    this.err = err;
    this.outTerminal = outTerminal;
    this.errTerminal = errTerminal;
    // the first line of progress may come at once
    this.lastProgress = System.nanoTime() - PLAIN_INTERVAL_NANOS;
  }

  /** The console of this process. */
  public static Console standard() {
    return new Console(
        new PrintStream(System.out, true, StandardCharsets.UTF_8),
        new PrintStream(System.err, true, StandardCharsets.UTF_8),
        Terminal.out(),
        Terminal.err());
  }

  /** A console that writes everything to one stream, for tests and embedding. */
  public static Console to(PrintStream stream) {
    return new Console(stream, stream, Terminal.NONE, Terminal.NONE);
  }

  /** One line of a result. */
  public synchronized void print(String line) {
    clear();
    out.println(line);
  }

  /** One line of a result: what the columns below it are. */
  public synchronized void heading(String line) {
    clear();
    out.println(outTerminal.paint(Style.HEADING, line));
  }

  /** One line that tells what is going on; not part of the result. */
  public synchronized void note(String line) {
    clear();
    err.println(errTerminal.paint(Style.NOTE, line));
  }

  /** One line about what the user may not have meant. */
  public synchronized void warn(String line) {
    clear();
    err.println(errTerminal.paint(Style.WARNING, "warning:") + " " + line);
  }

  /** The present state of long work; most calls write nothing. */
  public synchronized void progress(String line) {
    long now = System.nanoTime();
    boolean rewrites = errTerminal.rewrites();
    if (now - lastProgress < (rewrites ? TERMINAL_INTERVAL_NANOS : PLAIN_INTERVAL_NANOS)) {
      return;
    }
    lastProgress = now;
    String text = errTerminal.paint(Style.PROGRESS, line);
    if (rewrites) {
      err.print(CLEAR + CUT.formatted(text));
      err.flush();
      lineOpen = true;
    } else {
      err.println(text);
    }
  }

  /** Takes the line of progress away; for who writes to the terminal by other ways. */
  public synchronized void clear() {
    if (lineOpen) {
      err.print(CLEAR);
      err.flush();
      lineOpen = false;
    }
  }

  /**
   * A duration as people read it, for example {@code 850 ms}, {@code 12.3 s}, {@code 3 min 05 s}.
   */
  public static String duration(double seconds) {
    if (seconds < 1) {
      return String.format(Locale.ROOT, "%.0f ms", seconds * 1000);
    }
    if (seconds < 60) {
      return String.format(Locale.ROOT, "%.1f s", seconds);
    }
    long whole = Math.round(seconds);
    return whole < 3600
        ? "%d min %02d s".formatted(whole / 60, whole % 60)
        : "%d h %02d min".formatted(whole / 3600, whole % 3600 / 60);
  }
}
