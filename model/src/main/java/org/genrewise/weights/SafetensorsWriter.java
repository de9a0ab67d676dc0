package org.genrewise.weights;

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
import java.util.TreeMap;
import org.genrewise.hash.Sha256;
import org.genrewise.json.Json;

/** Writes 32-bit float tensors as a safetensors file, one after the other. */
public final class SafetensorsWriter {
  private static final int CHUNK_FLOATS = 1 << 18;

  private final FileChannel channel;
  private final MessageDigest digest = Sha256.digest();
  private final ByteBuffer chunk = little(CHUNK_FLOATS * Float.BYTES);

  private SafetensorsWriter(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Writes a new file.
   *
   * @param shapes of the tensors by name, in the order in which they are written
   * @param metadata what is said of them together; {@code format} is added
   * @param values gives their values; asked once for each, and nothing is kept
   * @return SHA-256 of the file, in hexadecimal digits
   */
  public static String write(
      Path file, Map<String, List<Long>> shapes, Map<String, String> metadata, FloatSource values)
      throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      SafetensorsWriter writer = new SafetensorsWriter(channel);
      byte[] header = header(shapes, metadata);
      writer.put(little(Long.BYTES).putLong(header.length).flip());
      writer.put(ByteBuffer.wrap(header));
      for (Map.Entry<String, List<Long>> tensor : shapes.entrySet()) {
        writer.put(tensor.getKey(), count(tensor.getValue()), values);
      }
      channel.force(true);
      return Sha256.hex(writer.digest);
    }
  }

  private void put(String name, long count, FloatSource source) throws IOException {
    long[] written = {0};
    source.read(
        name,
        (values, some) -> {
          put(values, some);
          written[0] += some;
        });
    if (written[0] != count) {
      throw new IllegalArgumentException(
          "%s must have %d values, not %d".formatted(name, count, written[0]));
    }
  }

  private void put(float[] values, int count) throws IOException {
    for (int done = 0; done < count; done += CHUNK_FLOATS) {
      int some = Math.min(count - done, CHUNK_FLOATS);
      chunk.clear().asFloatBuffer().put(values, done, some);
      put(chunk.limit(some * Float.BYTES));
    }
  }

  private void put(ByteBuffer bytes) throws IOException {
    digest.update(bytes.duplicate());
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  private static byte[] header(Map<String, List<Long>> shapes, Map<String, String> metadata) {
    Map<String, String> all = new TreeMap<>(metadata);
    all.put("format", "pt");
    Map<String, Object> entries = new LinkedHashMap<>();
    entries.put(SafetensorsFile.METADATA, all);
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
    return new Tensor(TensorType.F32, shape).count();
  }

  private static ByteBuffer little(int capacity) {
    return ByteBuffer.allocate(capacity).order(ByteOrder.LITTLE_ENDIAN);
  }
}
