package org.genrewise.jobs.gpucheck;

import org.genrewise.check.CheckListener;
import org.genrewise.check.CheckTables;
import org.genrewise.check.PartReport;
import org.genrewise.jobs.cli.Console;

/** Tells the course of a check on the console. */
final class ConsoleListener implements CheckListener {
  private final Console console;
  private int number;
  private int count;

  ConsoleListener(Console console) {
    this.console = console;
  }

  @Override
  public void partBegan(String part, int number, int count) {
    this.number = number;
    this.count = count;
    console.progress("%s (part %d of %d)".formatted(part, number, count));
  }

  @Override
  public void progressed(String part, double share, String what, double secondsLeft) {
    console.progress(
        "part %d of %d  %s"
            .formatted(number, count, CheckTables.progress(part, share, what, secondsLeft)));
  }

  @Override
  public void partEnded(PartReport report) {
    console.note(CheckTables.line(report));
  }
}
