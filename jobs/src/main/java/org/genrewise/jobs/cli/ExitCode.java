package org.genrewise.jobs.cli;

/** By whose fault a run ended. */
public final class ExitCode {
  /** All done. */
  public static final int DONE = 0;

  /** The command line is wrong. */
  public static final int USAGE = 1;

  /** The user's data or settings are wrong. */
  public static final int USER = 2;

  /** Our fault. */
  public static final int BUG = 3;

  private ExitCode() {}
}
