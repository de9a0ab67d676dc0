package org.genrewise.picture;

import org.genrewise.cqt.Spectrogram;

/**
 * The range of levels in a stretch of frames, and the colour index of each level in it.
 *
 * @param lowest level, in dB
 * @param highest level, in dB
 */
record Levels(float lowest, float highest) {

  private static final int COLOURS = 256;

  /** The range of the given frames. */
  static Levels of(Spectrogram decibels, int first, int frames) {
    float[] values = decibels.values();
    float lowest = Float.POSITIVE_INFINITY;
    float highest = Float.NEGATIVE_INFINITY;
    for (int bin = 0; bin < decibels.bins(); bin++) {
      int begin = bin * decibels.frames() + first;
      for (int i = begin; i < begin + frames; i++) {
        float level = values[i];
        if (!Float.isFinite(level)) {
          throw new IllegalArgumentException(
              "level %s dB at bin %d, frame %d: levels must be finite"
                  .formatted(level, bin, i - bin * decibels.frames()));
        }
        lowest = Math.min(lowest, level);
        highest = Math.max(highest, level);
      }
    }
    return new Levels(lowest, highest);
  }

  /** The colour indices of the given frames, bins x frames; all 0 where the range is empty. */
  byte[] indices(Spectrogram decibels, int first, int frames) {
    byte[] indices = new byte[decibels.bins() * frames];
    if (lowest == highest) {
      return indices;
    }
    float[] values = decibels.values();
    for (int bin = 0, to = 0; bin < decibels.bins(); bin++) {
      int begin = bin * decibels.frames() + first;
      for (int i = begin; i < begin + frames; i++) {
        indices[to++] = (byte) index(values[i]);
      }
    }
    return indices;
  }

  /**
   * Matplotlib's Normalize and its look-up in 256 colours. Its limits are 64-bit and its levels
   * 32-bit, so each step is computed in 64 bits and rounded to 32; any other precision puts about
   * one index in 10,000 one off.
   */
  private int index(float level) {
    float above = (float) ((double) level - lowest);
    float share = (float) (above / ((double) highest - lowest));
    return Math.min(COLOURS - 1, (int) (share * COLOURS));
  }
}
