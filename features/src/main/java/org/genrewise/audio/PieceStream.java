package org.genrewise.audio;

import java.util.List;

/** Some samples out of the middle of a stream. */
final class PieceStream implements AudioStream {
  private final AudioStream stream;
  private final float[] unused = new float[1 << 12];
  private long before;
  private long left;

  /**
   * @param stream to read, and to close
   * @param before how many samples to pass over
   * @param count how many samples to give
   */
  PieceStream(AudioStream stream, long before, long count) {
    this.stream = stream;
    this.before = before;
    this.left = count;
  }

  @Override
  public int read(float[] buffer, int offset, int length) throws AudioException {
    while (before > 0) {
      int passed = stream.read(unused, 0, (int) Math.min(before, unused.length));
      if (passed < 0) {
        before = 0;
        left = 0;
        return -1;
      }
      before -= passed;
    }
    if (left == 0) {
      finish();
      return -1;
    }
    int read = stream.read(buffer, offset, (int) Math.min(length, left));
    left = read < 0 ? 0 : left - read;
    return read;
  }

  /** Only at its end does a decoder say how it fared. */
  private void finish() throws AudioException {
    while (stream.read(unused, 0, unused.length) >= 0) {
      continue;
    }
  }

  @Override
  public int sampleRate() {
    return stream.sampleRate();
  }

  @Override
  public List<String> warnings() {
    return stream.warnings();
  }

  @Override
  public void close() {
    stream.close();
  }
}
