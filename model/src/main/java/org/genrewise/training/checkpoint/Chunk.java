package org.genrewise.training.checkpoint;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * One piece of a long vector, in a file of its own: 32-bit floats, little-endian. Several machines
 * can write the pieces of one vector, and none has to hold it.
 *
 * @param index from 0
 * @param length number of values
 * @param checksum CRC-32C of the file
 */
public record Chunk(int index, int length, long checksum) implements Serializable {

  /** Values of every chunk but the last: 16 MiB. */
  public static final int VALUES = 1 << 22;

  /** How many chunks a vector has. */
  public static int count(long length) {
    return Math.toIntExact((length + VALUES - 1) / VALUES);
  }

  /** Number of values of a chunk of a vector. */
  public static int length(int index, long vectorLength) {
    return (int) Math.min(VALUES, vectorLength - (long) index * VALUES);
  }

  /** Writes a chunk. */
  public static Chunk write(CheckpointStorage storage, String folder, int index, float[] values)
      throws IOException {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    try (OutputStream out = storage.create(folder, file(index))) {
      out.write(bytes.array());
    }
    return new Chunk(index, values.length, checksum(bytes.array()));
  }

  /**
   * Reads this chunk.
   *
   * @throws CheckpointException if the file is not as it was written
   */
  public float[] read(CheckpointStorage storage, String folder) throws IOException {
    byte[] bytes = new byte[length * Float.BYTES];
    try (InputStream in = storage.open(folder, file(index))) {
      new DataInputStream(in).readFully(bytes);
      if (in.read() >= 0) {
        throw damaged(folder, "it is too long");
      }
    } catch (EOFException e) {
      throw damaged(folder, "it is too short");
    }
    if (checksum(bytes) != checksum) {
      throw damaged(folder, "its checksum is another");
    }
    float[] values = new float[length];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
    return values;
  }

  private CheckpointException damaged(String folder, String reason) {
    return new CheckpointException(
        "%s of checkpoint %s is damaged: %s".formatted(file(index), folder, reason));
  }

  private static String file(int index) {
    return "vector-%05d.bin".formatted(index);
  }

  private static long checksum(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    return crc.getValue();
  }
}
