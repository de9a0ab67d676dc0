package org.genrewise.weights;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/** Writes stored entries of a zip64 archive, some of them holes that take no disk. */
final class SparseZip {
  private static final int ZIP64 = 45;

  private final RandomAccessFile file;
  private final ByteArrayOutputStream directory = new ByteArrayOutputStream();
  private int entries;

  SparseZip(RandomAccessFile file) {
    this.file = file;
  }

  void add(String name, byte[] content) throws IOException {
    CRC32 checksum = new CRC32();
    checksum.update(content);
    begin(name, content.length, (int) checksum.getValue());
    file.write(content);
  }

  /** Zeros; as PyTorch with its checksums switched off writes them. */
  void addHole(String name, long length) throws IOException {
    begin(name, length, 0);
    file.seek(file.getFilePointer() + length);
  }

  private void begin(String name, long length, int checksum) throws IOException {
    long position = file.getFilePointer();
    byte[] bytes = name.getBytes(StandardCharsets.US_ASCII);
    file.write(
        little(30 + bytes.length + 20)
            .putInt(0x04034b50)
            .putShort((short) ZIP64)
            .putInt(0) // flags, method: stored
            .putInt(0) // time
            .putInt(checksum)
            .putInt(-1)
            .putInt(-1)
            .putShort((short) bytes.length)
            .putShort((short) 20)
            .put(bytes)
            .putInt(16 << 16 | 1)
            .putLong(length)
            .putLong(length)
            .array());
    directory.write(
        little(46 + bytes.length + 28)
            .putInt(0x02014b50)
            .putShort((short) ZIP64)
            .putShort((short) ZIP64)
            .putInt(0)
            .putInt(0)
            .putInt(checksum)
            .putInt(-1)
            .putInt(-1)
            .putShort((short) bytes.length)
            .putShort((short) 28)
            .putShort((short) 0) // comment
            .putShort((short) 0) // disk
            .putShort((short) 0)
            .putInt(0)
            .putInt(-1)
            .put(bytes)
            .putInt(24 << 16 | 1)
            .putLong(length)
            .putLong(length)
            .putLong(position)
            .array());
    entries++;
  }

  void finish() throws IOException {
    long begin = file.getFilePointer();
    file.write(directory.toByteArray());
    long end = file.getFilePointer();
    file.write(
        little(56 + 20 + 22)
            .putInt(0x06064b50)
            .putLong(44)
            .putShort((short) ZIP64)
            .putShort((short) ZIP64)
            .putInt(0)
            .putInt(0)
            .putLong(entries)
            .putLong(entries)
            .putLong(end - begin)
            .putLong(begin)
            .putInt(0x07064b50)
            .putInt(0)
            .putLong(end)
            .putInt(1)
            .putInt(0x06054b50)
            .putInt(0)
            .putShort((short) -1)
            .putShort((short) -1)
            .putInt(-1)
            .putInt(-1)
            .putShort((short) 0)
            .array());
  }

  private static ByteBuffer little(int capacity) {
    return ByteBuffer.allocate(capacity).order(ByteOrder.LITTLE_ENDIAN);
  }
}
