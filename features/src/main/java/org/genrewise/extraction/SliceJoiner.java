package org.genrewise.extraction;

import org.genrewise.cqt.Spectrogram;

/** Puts the frames of slices from different spectrograms side by side. */
final class SliceJoiner {
  private final int bins;
  private final int sliceFrames;
  private final int frames;
  private final float[] values;
  private int filled;

  SliceJoiner(int bins, int sliceFrames, int slices) {
    this.bins = bins;
    this.sliceFrames = sliceFrames;
    this.frames = Math.multiplyExact(sliceFrames, slices);
    this.values = new float[Math.multiplyExact(bins, frames)];
  }

  /** Takes the next slice, which begins in this column. */
  void add(Spectrogram magnitudes, int column) {
    for (int bin = 0; bin < bins; bin++) {
      System.arraycopy(
          magnitudes.values(),
          bin * magnitudes.frames() + column,
          values,
          bin * frames + filled,
          sliceFrames);
    }
    filled += sliceFrames;
  }

  /** All slices, once all are there. */
  Spectrogram joined() {
    return new Spectrogram(bins, frames, values);
  }
}
