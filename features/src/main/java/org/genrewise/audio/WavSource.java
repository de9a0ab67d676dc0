package org.genrewise.audio;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Uncompressed WAV (RIFF and RF64, PCM and float), read from a stream of bytes. The sizes in its
 * header are claims: no memory is reserved by them.
 *
 * @see <a href="https://tech.ebu.ch/docs/tech/tech3306.pdf">EBU Tech 3306 for RF64</a>
 */
final class WavSource implements SampleSource {
  private static final int RIFF = fourCharacters("RIFF");
  private static final int RF64 = fourCharacters("RF64");
  private static final int WAVE = fourCharacters("WAVE");
  private static final int SIZES_64 = fourCharacters("ds64");
  private static final int FORMAT = fourCharacters("fmt ");
  private static final int DATA = fourCharacters("data");

  /** More than any known {@code fmt} chunk. */
  private static final int MOST_FORMAT_BYTES = 4096;

  /**
   * Programs that write to a pipe cannot know the size and put 0 there, or something near 2 or 4
   * GiB. A size from here on is no promise.
   */
  private static final long PLACEHOLDER = 0x7FFF_0000L;

  /** A size from here on does not even tell where the samples end. */
  private static final long ENDLESS = 0xFFFF_0000L;

  private static final int BUFFER_BYTES = 1 << 16;

  private final String name;
  private final InputStream bytes;
  private final WavFormat format;
  private final long claimedBytes;
  private final boolean streamed;
  private final byte[] array;
  private final ByteBuffer buffer;
  private long bytesLeft;
  private long position;

  private WavSource(
      String name,
      InputStream bytes,
      WavFormat format,
      long claimedBytes,
      boolean large,
      long riffSize) {
    this.name = name;
    this.bytes = bytes;
    this.format = format;
    this.claimedBytes = claimedBytes;
    this.streamed = !large && (claimedBytes >= PLACEHOLDER || claimedBytes == 0 && riffSize == 0);
    boolean endless = streamed && (claimedBytes == 0 || claimedBytes >= ENDLESS);
    this.bytesLeft = endless ? Long.MAX_VALUE : claimedBytes;
    this.array = new byte[Math.max(BUFFER_BYTES / format.frameBytes(), 1) * format.frameBytes()];
    this.buffer = ByteBuffer.wrap(array).order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * Reads up to the first sample.
   *
   * @param name what messages call it
   * @param bytes from the first byte on; the source closes them, the caller does if there is none
   * @return empty if the content is not uncompressed WAV; some bytes have been read then
   */
  static Optional<WavSource> open(String name, InputStream bytes) throws IOException {
    try {
      int container = readInt(bytes);
      if (container != RIFF && container != RF64) {
        return Optional.empty();
      }
      long riffSize = Integer.toUnsignedLong(readInt(bytes));
      if (readInt(bytes) != WAVE) {
        return Optional.empty();
      }
      return openChunks(name, bytes, riffSize, container == RF64);
    } catch (EOFException e) {
      return Optional.empty();
    }
  }

  private static Optional<WavSource> openChunks(
      String name, InputStream bytes, long riffSize, boolean sizes64) throws IOException {
    Optional<WavFormat> format = Optional.empty();
    long dataSize64 = -1;
    while (true) {
      int id = readInt(bytes);
      long size = Integer.toUnsignedLong(readInt(bytes));
      if (id == DATA) {
        if (format.isEmpty()) {
          return Optional.empty();
        }
        boolean large = sizes64 && size == 0xFFFF_FFFFL && dataSize64 > 0;
        return Optional.of(
            new WavSource(name, bytes, format.get(), large ? dataSize64 : size, large, riffSize));
      }
      if (id == FORMAT && size <= MOST_FORMAT_BYTES) {
        format = WavFormat.parse(littleEndian(readFully(bytes, (int) size)));
        if (format.isEmpty()) {
          return Optional.empty();
        }
        bytes.skipNBytes(size & 1);
      } else if (id == SIZES_64 && size >= 16 && size <= MOST_FORMAT_BYTES) {
        dataSize64 = littleEndian(readFully(bytes, (int) size)).getLong(8);
        bytes.skipNBytes(size & 1);
      } else {
        bytes.skipNBytes(size + (size & 1));
      }
    }
  }

  @Override
  public int sampleRate() {
    return format.sampleRate();
  }

  @Override
  public int channels() {
    return format.channels();
  }

  /** Length in seconds by the header; empty if the size in it is no promise. */
  OptionalDouble claimedSeconds() {
    return streamed
        ? OptionalDouble.empty()
        : OptionalDouble.of(seconds(claimedBytes / format.frameBytes()));
  }

  /** The frame that is read next. */
  long position() {
    return position;
  }

  /**
   * Passes over frames; behind the last one there is nothing to read.
   *
   * @param frame to be read next, from {@link #position} on
   */
  void skipTo(long frame) throws AudioException {
    long skipped = Math.min((frame - position) * format.frameBytes(), bytesLeft);
    try {
      bytes.skipNBytes(skipped);
      bytesLeft -= skipped;
    } catch (EOFException e) {
      bytesLeft = 0;
    } catch (IOException e) {
      throw readingFailed(e);
    }
    position = frame;
  }

  @Override
  public int read(float[] interleaved) throws AudioException {
    return read(interleaved, Long.MAX_VALUE / format.frameBytes());
  }

  /** The same, but at most so many frames. */
  int read(float[] interleaved, long most) throws AudioException {
    long room = Math.min(interleaved.length / format.channels(), most) * format.frameBytes();
    int wanted =
        (int) Math.min(Math.min(array.length, room), bytesLeft - bytesLeft % format.frameBytes());
    int size;
    try {
      size = bytes.readNBytes(array, 0, wanted);
    } catch (IOException e) {
      throw readingFailed(e);
    }
    bytesLeft -= size;
    int frames = size / format.frameBytes();
    if (frames == 0) {
      return -1;
    }
    position += frames;
    format.convert(buffer, interleaved, frames * format.channels());
    return frames;
  }

  @Override
  public List<String> verify(long frames) throws AudioException {
    return streamed
        ? List.of()
        : Completeness.verify(name, seconds(frames), seconds(claimedBytes / format.frameBytes()));
  }

  @Override
  public void close() {
    Closing.quietly(bytes);
  }

  private AudioException readingFailed(IOException e) {
    return new AudioException(
        AudioException.Kind.IO, "%s: reading failed: %s".formatted(name, e.getMessage()), e);
  }

  private double seconds(long frames) {
    return (double) frames / format.sampleRate();
  }

  private static int fourCharacters(String id) {
    return id.charAt(0) | id.charAt(1) << 8 | id.charAt(2) << 16 | id.charAt(3) << 24;
  }

  private static int readInt(InputStream bytes) throws IOException {
    return littleEndian(readFully(bytes, Integer.BYTES)).getInt();
  }

  private static byte[] readFully(InputStream bytes, int size) throws IOException {
    byte[] read = bytes.readNBytes(size);
    if (read.length < size) {
      throw new EOFException();
    }
    return read;
  }

  private static ByteBuffer littleEndian(byte[] content) {
    return ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
  }
}
