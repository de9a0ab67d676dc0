package org.genrewise.jobs.benchmark;

import java.util.List;
import java.util.stream.IntStream;

/** Some of many, evenly spread: what lies side by side in a library is often alike. */
final class Spread {
  private Spread() {}

  /**
   * Numbers from 0 to below {@code size}, ascending.
   *
   * @param count how many, at most all
   */
  static List<Integer> over(int size, int count) {
    int chosen = Math.min(size, count);
    return IntStream.range(0, chosen).map(i -> (int) ((long) i * size / chosen)).boxed().toList();
  }
}
