package org.genrewise.extraction;

import org.genrewise.audio.AudioException;

/** Tells apart what a track's features cost: waiting for its samples, and all the rest. */
final class StageClock {
  private final long begin = System.nanoTime();
  private long decoding;

  /** Does what counts as decoding. */
  <T> T decoding(Step<T> step) throws AudioException {
    long start = System.nanoTime();
    try {
      return step.run();
    } finally {
      decoding += System.nanoTime() - start;
    }
  }

  double decodeSeconds() {
    return decoding / 1e9;
  }

  double otherSeconds() {
    return (System.nanoTime() - begin - decoding) / 1e9;
  }

  /** Something that decodes. */
  @FunctionalInterface
  interface Step<T> {
    T run() throws AudioException;
  }
}
