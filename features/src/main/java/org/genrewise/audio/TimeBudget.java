package org.genrewise.audio;

import java.time.Duration;

/** How long a reader may still wait for the decoders of one file, all of them together. */
final class TimeBudget {
  private long nanosecondsLeft;

  TimeBudget(Duration whole) {
    this.nanosecondsLeft = whole.toNanos();
  }

  /** What is left, in nanoseconds; negative if more was spent. */
  synchronized long nanosecondsLeft() {
    return nanosecondsLeft;
  }

  /** Whole seconds that are left, from 0. */
  long secondsLeft() {
    return Math.max(0, Duration.ofNanos(nanosecondsLeft()).toSeconds());
  }

  synchronized void spend(long nanoseconds) {
    nanosecondsLeft -= nanoseconds;
  }
}
