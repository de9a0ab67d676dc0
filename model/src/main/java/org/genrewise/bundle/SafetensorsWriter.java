package org.genrewise.bundle;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.genrewise.json.Json;

/** Writes 32-bit float tensors as a safetensors file, one after the other. */
final class SafetensorsWriter {
  private static final int CHUNK_FLOATS = 1 << 18;

  private SafetensorsWriter() {}

  /**
   * Writes a new file.
   *
   * @param shapes of the tensors by name, in the order in which they are written
   * @param values gives a tensor's values in row-major order; asked once for each, so that they
   *     need not be in memory together
   * @return SHA-256 of the file, in hexadecimal digits
   */
  static String write(Path file, Map<String, List<Long>> shapes, Function<String, float[]> values)
      throws IOException {
    MessageDigest digest = Sha256.digest();
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      byte[] header = header(shapes);
      put(channel, digest, little(Long.BYTES).putLong(header.length).flip());
      put(channel, digest, ByteBuffer.wrap(header));
      for (Map.Entry<String, List<Long>> tensor : shapes.entrySet()) {
        float[] floats = values.apply(tensor.getKey());
        if (floats.length != count(tensor.getValue())) {
          throw new IllegalArgumentException(
              "%s of shape %s cannot have %d values"
                  .formatted(tensor.getKey(), tensor.getValue(), floats.length));
        }
        ByteBuffer chunk = little(Math.min(floats.length, CHUNK_FLOATS) * Float.BYTES);
        for (int done = 0; done < floats.length; ) {
          int some = Math.min(floats.length - done, CHUNK_FLOATS);
          chunk.clear().asFloatBuffer().put(floats, done, some);
          put(channel, digest, chunk.limit(some * Float.BYTES));
          done += some;
        }
      }
      channel.force(true);
    }
    return Sha256.hex(digest);
  }

  private static byte[] header(Map<String, List<Long>> shapes) {
    Map<String, Object> entries = new LinkedHashMap<>();
    entries.put(SafetensorsFile.METADATA, Map.of("format", "pt"));
    long begin = 0;
    for (Map.Entry<String, List<Long>> tensor : shapes.entrySet()) {
      long end = begin + count(tensor.getValue()) * Float.BYTES;
      entries.put(
          tensor.getKey(),
          Map.of("dtype", "F32", "shape", tensor.getValue(), "data_offsets", List.of(begin, end)));
      begin = end;
    }
    byte[] json = Json.renderCompact(entries).getBytes(StandardCharsets.UTF_8);
    // spaces up to a multiple of eight, so that readers may map the values as they are
    byte[] aligned = Arrays.copyOf(json, (json.length + 7) / 8 * 8);
    Arrays.fill(aligned, json.length, aligned.length, (byte) ' ');
    return aligned;
  }

  private static long count(List<Long> shape) {
    return shape.stream().reduce(1L, Math::multiplyExact);
  }

  private static ByteBuffer little(int capacity) {
    return ByteBuffer.allocate(capacity).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static void put(FileChannel channel, MessageDigest digest, ByteBuffer bytes)
      throws IOException {
    digest.update(bytes.duplicate());
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }
}
