package org.genrewise.cqt;

/** The growing result of a transform: magnitudes of all bins over the frames so far. */
final class Magnitudes {
  private final int bins;

  /** Bins x capacity. */
  private float[] values;

  private int capacity;

  /**
   * @param expectedFrames room to begin with, from 0
   */
  Magnitudes(int bins, int expectedFrames) {
    this.bins = bins;
    this.values = new float[0];
    if (expectedFrames > 0) {
      relocate(checked(expectedFrames));
    }
  }

  /** Makes room for so many frames. */
  void reserve(long frames) {
    if (frames > capacity) {
      relocate((int) Math.min(mostFrames(), checked(frames) * 3L / 2));
    }
  }

  /** Writes frames of one bin, for which there has to be room. */
  void put(int bin, int frame, float[] row, int from, int count) {
    System.arraycopy(row, from, values, bin * capacity + frame, count);
  }

  /**
   * The first frames; nothing may be put afterwards.
   *
   * @throws IllegalArgumentException if a magnitude is not finite
   */
  Spectrogram toSpectrogram(long frames) {
    if (capacity != frames) {
      relocate(checked(frames));
    }
    for (float value : values) {
      // Not so for NaN either.
      if (!(value <= Float.MAX_VALUE)) {
        throw new IllegalArgumentException(
            "the audio has samples that are not finite, or too large to square; repair or scale it");
      }
    }
    return new Spectrogram(bins, (int) frames, values);
  }

  private void relocate(int newCapacity) {
    float[] target = new float[bins * newCapacity];
    int kept = Math.min(capacity, newCapacity);
    for (int bin = 0; bin < bins; bin++) {
      System.arraycopy(values, bin * capacity, target, bin * newCapacity, kept);
    }
    values = target;
    capacity = newCapacity;
  }

  private int checked(long frames) {
    if (frames > mostFrames()) {
      throw new IllegalArgumentException(
          "%d frames of %d bins are more than one array holds; use a longer hop, or cut the audio to %d frames"
              .formatted(frames, bins, mostFrames()));
    }
    return (int) frames;
  }

  private long mostFrames() {
    return (Integer.MAX_VALUE - 8) / bins;
  }
}
