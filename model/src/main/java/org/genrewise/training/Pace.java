package org.genrewise.training;

/** How fast a process learns, all that it does between its steps included. */
final class Pace {
  private long begin;
  private long pictures;

  void begin() {
    if (begin == 0) {
      begin = System.nanoTime();
    }
  }

  void add(long learnt) {
    pictures += learnt;
  }

  double picturesPerSecond() {
    return pictures * 1e9 / Math.max(1, System.nanoTime() - begin);
  }

  double secondsFor(double more) {
    return more / picturesPerSecond();
  }
}
