package org.genrewise.check;

import java.io.PrintStream;

/** Tells the course of a check in lines. */
final class PlainListener implements CheckListener {
  private static final long INTERVAL_NANOS = 5_000_000_000L;

  private final PrintStream out;
  private long last = System.nanoTime();

  PlainListener(PrintStream out) {
    this.out = out;
  }

  @Override
  public void partBegan(String part, int number, int count) {
    last = System.nanoTime();
    out.printf("%s (part %d of %d)%n", part, number, count);
  }

  @Override
  public void progressed(String part, double share, String what, double secondsLeft) {
    if (System.nanoTime() - last > INTERVAL_NANOS) {
      last = System.nanoTime();
      out.println(CheckTables.progress(part, share, what, secondsLeft));
    }
  }

  @Override
  public void partEnded(PartReport report) {
    out.println(CheckTables.line(report));
  }
}
