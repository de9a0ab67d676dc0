package org.genrewise.audio;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The weights of every phase of a conversion by up / down. Computing them takes longer than many a
 * file, so the last few tables are kept and shared.
 */
final class PolyphaseWeights {
  /** In floats: 2 MiB. */
  private static final int LARGEST = 1 << 19;

  private static final int KEPT = 16;

  private static final Map<Ratio, PolyphaseWeights> CACHE =
      new LinkedHashMap<>(KEPT, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Ratio, PolyphaseWeights> eldest) {
          return size() > KEPT;
        }
      };

  private final int taps;
  private final float[][] weights;

  private PolyphaseWeights(KaiserLowPass filter, int up) {
    this.taps = filter.taps();
    this.weights = new float[up][];
    for (int phase = 0; phase < up; phase++) {
      weights[phase] = filter.weights((double) phase / up);
    }
  }

  /** Whether the table stays small. */
  static boolean fit(KaiserLowPass filter, int up) {
    return (long) up * filter.taps() <= LARGEST;
  }

  /** The table for a ratio in lowest terms. */
  static PolyphaseWeights of(KaiserLowPass filter, int up, int down) {
    synchronized (CACHE) {
      return CACHE.computeIfAbsent(new Ratio(up, down), ratio -> new PolyphaseWeights(filter, up));
    }
  }

  int taps() {
    return taps;
  }

  /** The weights of one phase, to be read only. */
  float[] phase(int phase) {
    return weights[phase];
  }

  private record Ratio(int up, int down) {}
}
