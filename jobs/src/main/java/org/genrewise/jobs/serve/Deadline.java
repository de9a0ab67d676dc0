package org.genrewise.jobs.serve;

import java.util.concurrent.TimeUnit;

/**
 * A moment by which something must be done.
 *
 * @param nanoTime as {@link System#nanoTime} counts
 * @param seconds that were given, for messages
 */
record Deadline(long nanoTime, double seconds) {

  /** So many seconds from now. */
  static Deadline in(double seconds) {
    return new Deadline(System.nanoTime() + (long) (seconds * 1e9), seconds);
  }

  boolean isPast() {
    return leftNanos() <= 0;
  }

  /** Nanoseconds until then; negative afterwards. */
  long leftNanos() {
    return nanoTime - System.nanoTime();
  }

  /** For waiting: never negative. */
  long leftMillis() {
    return Math.max(0, TimeUnit.NANOSECONDS.toMillis(leftNanos()));
  }
}
