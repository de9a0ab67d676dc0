package org.genrewise.picture;

/**
 * One slice of a track's constant-Q spectrogram, as 8-bit colour indices: 0 is the slice's lowest
 * level, 255 its highest. The array is not copied.
 *
 * @param index position in the track, from 0
 * @param startSeconds where it begins in the track, in seconds
 * @param bins rows, one a frequency bin
 * @param frames columns, one a hop
 * @param indices bins x frames, row-major, low note first
 * @param dbMin level of index 0, in dB below the track's peak
 * @param dbMax level of index 255, in dB below the track's peak
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
    boolean padded) {

  public Slice {
    if (bins <= 0 || frames <= 0 || indices.length != bins * frames) {
      throw new IllegalArgumentException(
          "a slice of %d bins x %d frames needs %d indices, not %d"
              .formatted(bins, frames, (long) bins * frames, indices.length));
    }
  }
}
