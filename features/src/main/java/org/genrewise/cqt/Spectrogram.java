package org.genrewise.cqt;

/**
 * Levels over frequency and time. The array is not copied.
 *
 * @param bins rows, one a frequency bin
 * @param frames columns, one a hop; frame {@code t} is centred on sample {@code t * hopLength}
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

  /** The value of a bin, 0 being the lowest note, at a frame. */
  public float at(int bin, int frame) {
    return values[bin * frames + frame];
  }
}
