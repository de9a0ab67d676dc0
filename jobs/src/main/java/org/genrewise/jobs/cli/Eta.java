package org.genrewise.jobs.cli;

/** How far long work has come and how long it will still take, at the speed so far. */
public final class Eta {
  /** One part in so many must be done before an estimate is worth showing. */
  private static final int LEAST_SHARE = 20;

  private final String what;
  private final long total;
  private final long start = System.nanoTime();

  /**
   * @param what unit of the work, in the plural: {@code "tracks"}
   * @param total how many there are
   */
  public Eta(String what, long total) {
    this.what = what;
    this.total = total;
  }

  /** One line: done, share, speed, time left. */
  public String line(String stage, long done) {
    double seconds = seconds();
    if (done <= 0) {
      return "%s  0 of %,d %s".formatted(stage, total, what);
    }
    return "%s  %,d of %,d %s (%d %%)  %.1f/s  %s left"
        .formatted(
            stage,
            done,
            total,
            what,
            100 * done / Math.max(1, total),
            done / seconds,
            Console.duration((total - done) * seconds / done));
  }

  /** Shows the {@link #line} as progress, once there is enough to estimate by. */
  public void tell(Console console, String stage, long done) {
    if (done > total / LEAST_SHARE) {
      console.progress(line(stage, done));
    }
  }

  /** How many MB so many 32-bit floats are, to count weights by. */
  public static long megabytes(long floats) {
    return floats * Float.BYTES / 1_000_000;
  }

  /** Seconds since this was made. */
  public double seconds() {
    return (System.nanoTime() - start) / 1e9;
  }
}
