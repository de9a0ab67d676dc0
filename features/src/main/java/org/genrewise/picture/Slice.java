package org.genrewise.picture;

import java.io.Serializable;

/**
 * One slice of a track's constant-Q spectrogram, as 8-bit colour indices: 0 is the slice's lowest
 * level, 255 its highest. The array is not copied.
 *
 * <p>An index {@code i} stands for the levels from {@code dbMin + i * w} to {@code dbMin + (i + 1)
 * * w}, where {@code w = (dbMax - dbMin) / 256}; taking the middle restores a level to within
 * {@code w / 2}, which is 0.16 dB for a slice that spans the full 80 dB.
 *
 * @param index position in the track, from 0
 * @param startSeconds where it begins in the track, in seconds
 * @param bins rows, one a frequency bin
 * @param frames columns, one a hop
 * @param indices bins x frames, row-major, low note first
 * @param dbMin the slice's lowest level, in dB relative to the track's peak
 * @param dbMax the slice's highest level, in dB relative to the track's peak
 * @param padded whether the audio was shorter than a slice and silence was added
 */
public record Slice(
    int index,
    double startSeconds,
    int bins,
    int frames,
    byte[] indices,
    float dbMin,
    float dbMax,
    boolean padded)
    implements Serializable {

  public Slice {
    requireShape(indices, bins, frames);
    if (index < 0 || !(startSeconds >= 0 && startSeconds < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "slice %d at %s s: a slice's index and start are 0 or more"
              .formatted(index, startSeconds));
    }
    if (!(Float.isFinite(dbMin) && Float.isFinite(dbMax) && dbMin <= dbMax)) {
      throw new IllegalArgumentException(
          "slice %d: the lowest level %s dB and the highest %s dB must be finite and in this order"
              .formatted(index, dbMin, dbMax));
    }
  }

  static void requireShape(byte[] indices, int bins, int frames) {
    if (bins <= 0 || frames <= 0 || indices.length != (long) bins * frames) {
      throw new IllegalArgumentException(
          "a slice of %d bins x %d frames needs %d indices, not %d"
              .formatted(bins, frames, (long) bins * frames, indices.length));
    }
  }
}
