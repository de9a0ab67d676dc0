package org.genrewise.cqt;

/**
 * The levels of a constant-Q transform. The array is not copied.
 *
 * @param bins rows, one a frequency bin
 * @param frames columns, one a hop
 * @param values bins x frames, row-major, low note first
 */
public record Spectrogram(int bins, int frames, float[] values) {

  public Spectrogram {
    if (bins <= 0 || frames <= 0 || values.length != (long) bins * frames) {
      throw new IllegalArgumentException(
          "a spectrogram of %d bins x %d frames needs %d values, not %d"
              .formatted(bins, frames, (long) bins * frames, values.length));
    }
  }
}
