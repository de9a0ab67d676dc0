package org.genrewise.weights;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.genrewise.weights.pickle.Shown;

/**
 * Where the entries of a zip archive lie, if they are stored as they are, as torch.save stores
 * them. Everything is checked against the file before it is believed, and memory is bounded
 * whatever the archive claims; {@code java.util.zip} reserves what a directory says that it needs.
 * The format is PKWARE's APPNOTE, 4.3, with zip64.
 */
final class ZipDirectory {
  private static final int LOCAL = 0x04034b50;
  private static final int CENTRAL = 0x02014b50;
  private static final int END = 0x06054b50;
  private static final int END_64 = 0x06064b50;
  private static final int LOCATOR_64 = 0x07064b50;
  private static final int LOCAL_BYTES = 30;
  private static final int CENTRAL_BYTES = 46;
  private static final int END_BYTES = 22;
  private static final int LOCATOR_BYTES = 20;
  private static final int END_64_BYTES = 56;
  private static final int LONGEST_COMMENT = 0xffff;
  private static final int ZIP64_EXTRA = 1;

  /** Of some 100,000 entries. */
  private static final int LONGEST_DIRECTORY = 1 << 24;

  /**
   * One entry.
   *
   * @param begin of its first byte in the file
   * @param length in bytes
   * @param checksum CRC-32, or 0
   */
  record Entry(long begin, long length, long checksum) {}

  /** Where the directory lies. */
  private record Extent(long begin, long length, long entries) {}

  private final FileChannel channel;
  private final Map<String, Entry> entries = new LinkedHashMap<>();

  private ZipDirectory(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Reads the directory of an archive.
   *
   * @return its entries by name
   * @throws WeightsException if it is not whole, makes no sense, or holds what is compressed
   */
  static Map<String, Entry> read(FileChannel channel) throws IOException {
    ZipDirectory directory = new ZipDirectory(channel);
    try {
      directory.readEntries(directory.extent());
    } catch (EOFException | ArithmeticException e) {
      throw damaged("it points beyond its end");
    }
    return directory.entries;
  }

  private Extent extent() throws IOException {
    long size = channel.size();
    int length = (int) Math.min(size, END_BYTES + LONGEST_COMMENT);
    ByteBuffer tail = bytes(size - length, length);
    for (int at = length - END_BYTES; at >= 0; at--) {
      if (tail.getInt(at) == END && unsigned(tail.getShort(at + 20)) == length - at - END_BYTES) {
        return extent(tail, at, size - length + at);
      }
    }
    throw damaged("it has no directory at its end; was it cut off?");
  }

  private Extent extent(ByteBuffer tail, int at, long end) throws IOException {
    Extent plain =
        new Extent(
            unsigned(tail.getInt(at + 16)),
            unsigned(tail.getInt(at + 12)),
            unsigned(tail.getShort(at + 10)));
    boolean large =
        plain.entries == 0xffff || plain.begin == 0xffffffffL || plain.length == 0xffffffffL;
    long limit = end;
    Extent extent = plain;
    if (large) {
      ByteBuffer locator = bytes(end - LOCATOR_BYTES, LOCATOR_BYTES);
      long position = locator.getLong(8);
      if (locator.getInt(0) != LOCATOR_64 || position < 0 || position > end - END_64_BYTES) {
        throw damaged("its zip64 end is not where it should be");
      }
      ByteBuffer end64 = bytes(position, END_64_BYTES);
      if (end64.getInt(0) != END_64) {
        throw damaged("its zip64 end is not where it should be");
      }
      limit = position;
      extent = new Extent(end64.getLong(48), end64.getLong(40), end64.getLong(32));
    }
    if (extent.begin < 0
        || extent.length < 0
        || extent.begin > limit - extent.length
        || extent.length > LONGEST_DIRECTORY
        || extent.entries < 0
        || extent.entries > extent.length / CENTRAL_BYTES) {
      throw damaged(
          "its directory of %d entries in %d bytes from byte %d on makes no sense"
              .formatted(extent.entries, extent.length, extent.begin));
    }
    return extent;
  }

  private void readEntries(Extent extent) throws IOException {
    ByteBuffer directory = bytes(extent.begin, (int) extent.length);
    for (long i = 0; i < extent.entries; i++) {
      if (directory.remaining() < CENTRAL_BYTES
          || directory.getInt(directory.position()) != CENTRAL) {
        throw damaged("its directory ends after %d of %d entries".formatted(i, extent.entries));
      }
      readEntry(directory, extent.begin);
    }
    requireApart();
  }

  private void readEntry(ByteBuffer directory, long limit) throws IOException {
    ByteBuffer fixed = part(directory, CENTRAL_BYTES);
    ByteBuffer encoded = part(directory, unsigned(fixed.getShort(28)));
    ByteBuffer extra = part(directory, unsigned(fixed.getShort(30)));
    part(directory, unsigned(fixed.getShort(32))); // its comment
    String name = StandardCharsets.UTF_8.decode(encoded).toString();
    if ((fixed.getShort(8) & 1) != 0 || fixed.getShort(10) != 0) {
      throw damaged(
          "its %s is compressed or encrypted; torch.save stores it as it is"
              .formatted(Shown.name(name)));
    }
    long compressed = unsigned(fixed.getInt(20));
    long length = unsigned(fixed.getInt(24));
    long position = unsigned(fixed.getInt(42));
    ByteBuffer large = zip64(extra);
    if (length == 0xffffffffL) {
      length = large.getLong();
    }
    if (compressed == 0xffffffffL) {
      compressed = large.getLong();
    }
    if (position == 0xffffffffL) {
      position = large.getLong();
    }
    if (length < 0 || compressed != length || position < 0 || position > limit - LOCAL_BYTES) {
      throw damaged(
          "its %s has %d bytes from byte %d on".formatted(Shown.name(name), length, position));
    }
    ByteBuffer local = bytes(position, LOCAL_BYTES);
    long begin =
        position + LOCAL_BYTES + unsigned(local.getShort(26)) + unsigned(local.getShort(28));
    if (local.getInt(0) != LOCAL || begin > limit - length) {
      throw damaged("its %s is not where its directory says".formatted(Shown.name(name)));
    }
    Entry entry = new Entry(begin, length, unsigned(fixed.getInt(16)));
    if (entries.put(name, entry) != null) {
      throw damaged("two of its entries are named " + Shown.name(name));
    }
  }

  /** The sizes that do not fit into 32 bits, in their order; empty if there are none. */
  private static ByteBuffer zip64(ByteBuffer extra) {
    while (extra.remaining() >= 4) {
      int id = unsigned(extra.getShort());
      ByteBuffer field = part(extra, unsigned(extra.getShort()));
      if (id == ZIP64_EXTRA) {
        // what is asked for and not there reads as 0, and fits nothing
        return ByteBuffer.allocate(3 * Long.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .put(field.limit(Math.min(field.limit(), 3 * Long.BYTES)))
            .rewind();
      }
    }
    return ByteBuffer.allocate(3 * Long.BYTES);
  }

  /** A short archive whose entries share their bytes could be read for ever. */
  private void requireApart() {
    List<Map.Entry<String, Entry>> sorted = new ArrayList<>(entries.entrySet());
    sorted.sort(Comparator.comparingLong(entry -> entry.getValue().begin));
    long end = 0;
    for (Map.Entry<String, Entry> entry : sorted) {
      if (entry.getValue().begin < end) {
        throw damaged("its %s overlaps another entry".formatted(Shown.name(entry.getKey())));
      }
      end = entry.getValue().begin + entry.getValue().length;
    }
  }

  private static ByteBuffer part(ByteBuffer from, int length) {
    if (length > from.remaining()) {
      throw damaged("its directory is cut off");
    }
    ByteBuffer part = from.slice(from.position(), length).order(ByteOrder.LITTLE_ENDIAN);
    from.position(from.position() + length);
    return part;
  }

  private ByteBuffer bytes(long position, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    if (position < 0) {
      throw new EOFException();
    }
    while (bytes.hasRemaining()) {
      if (channel.read(bytes, position + bytes.position()) < 0) {
        throw new EOFException();
      }
    }
    return bytes.flip();
  }

  private static int unsigned(short value) {
    return value & 0xffff;
  }

  private static long unsigned(int value) {
    return value & 0xffffffffL;
  }

  private static WeightsException damaged(String reason) {
    return new WeightsException("its zip archive cannot be read: " + reason);
  }
}
