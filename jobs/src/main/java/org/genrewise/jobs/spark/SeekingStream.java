package org.genrewise.jobs.spark;

import java.io.FilterInputStream;
import java.io.IOException;
import org.apache.hadoop.fs.FSDataInputStream;

/** Skips by seeking: Hadoop's own streams of object stores read what they skip. */
final class SeekingStream extends FilterInputStream {
  private final FSDataInputStream stream;
  private final long length;

  /**
   * @param length of the file, in bytes
   */
  SeekingStream(FSDataInputStream stream, long length) {
    super(stream);
    this.stream = stream;
    this.length = length;
  }

  @Override
  public long skip(long count) throws IOException {
    long position = stream.getPos();
    long skipped = Math.max(0, Math.min(count, length - position));
    stream.seek(position + skipped);
    return skipped;
  }
}
