package org.genrewise.jobs.cli;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Where a run speaks to its user: results on standard output, progress on standard error. On a
 * terminal the progress line is rewritten in place; elsewhere a line is written now and then.
 */
public final class Console {
  private static final long TERMINAL_INTERVAL_NANOS = 200_000_000L;
  private static final long PLAIN_INTERVAL_NANOS = 5_000_000_000L;
  private static final int LINE_WIDTH = 100;

  private final PrintStream out;
  private final PrintStream err;
  private final boolean terminal;
  private long lastProgress;
  private boolean lineOpen;

  private Console(PrintStream out, PrintStream err, boolean terminal) {
    this.out = out;
    this.err = err;
    this.terminal = terminal;
  }

  /** The console of this process. */
  public static Console standard() {
    return new Console(
        new PrintStream(System.out, true, StandardCharsets.UTF_8),
        new PrintStream(System.err, true, StandardCharsets.UTF_8),
        System.console() != null && System.getenv("TERM") != null);
  }

  /** A console that writes everything to one stream, for tests and embedding. */
  public static Console to(PrintStream stream) {
    return new Console(stream, stream, false);
  }

  /** One line of a result. */
  public synchronized void print(String line) {
    closeLine();
    out.println(line);
  }

  /** One line that tells what is going on; not part of the result. */
  public synchronized void note(String line) {
    closeLine();
    err.println(line);
  }

  /** The present state of long work; most calls write nothing. */
  public synchronized void progress(String line) {
    long now = System.nanoTime();
    if (now - lastProgress < (terminal ? TERMINAL_INTERVAL_NANOS : PLAIN_INTERVAL_NANOS)) {
      return;
    }
    lastProgress = now;
    if (terminal) {
      String text = line.length() > LINE_WIDTH ? line.substring(0, LINE_WIDTH) : line;
      err.print("\r" + text + " ".repeat(LINE_WIDTH - text.length()));
      err.flush();
      lineOpen = true;
    } else {
      err.println(line);
    }
  }

  private void closeLine() {
    if (lineOpen) {
      err.println();
      lineOpen = false;
    }
  }

  /**
   * A duration as people read it, for example {@code 850 ms}, {@code 12.3 s}, {@code 3 min 05 s}.
   */
  public static String duration(double seconds) {
    if (seconds < 1) {
      return "%.0f ms".formatted(seconds * 1000);
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
