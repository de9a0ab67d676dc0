package org.genrewise.weights;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** A part of a file as a stream, read by position: the channel's own position does not matter. */
final class ChannelRegion extends InputStream {
  private final FileChannel channel;
  private final long end;
  private long position;

  ChannelRegion(FileChannel channel, long begin, long length) {
    this.channel = channel;
    this.position = begin;
    this.end = begin + length;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 1 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int some = (int) Math.min(length, end - position);
    if (some <= 0) {
      return length == 0 ? 0 : -1;
    }
    int read = channel.read(ByteBuffer.wrap(bytes, offset, some), position);
    position += Math.max(0, read);
    return read;
  }

  @Override
  public long skip(long count) {
    long skipped = Math.max(0, Math.min(count, end - position));
    position += skipped;
    return skipped;
  }
}
