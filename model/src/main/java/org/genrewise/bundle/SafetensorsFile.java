package org.genrewise.bundle;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.genrewise.json.Json;

/**
 * Tensors by name in a file of Hugging Face's safetensors format: eight bytes with the length of a
 * JSON header, the header, then the values of all tensors, little-endian and without gaps. The
 * header is checked before anything is believed: a file that opens holds exactly what it says. Only
 * what is asked for is read; the file may be larger than memory.
 */
public final class SafetensorsFile implements AutoCloseable {

  /** A header longer than this, about 8,000 tensors, is refused. */
  static final int LONGEST_HEADER = 1 << 20;

  static final String METADATA = "__metadata__";
  private static final int CHUNK_BYTES = 1 << 20;
  private static final Map<String, Integer> BYTES =
      Map.of(
          "BOOL", 1, "U8", 1, "I8", 1, "I16", 2, "F16", 2, "BF16", 2, "I32", 4, "F32", 4, "I64", 8,
          "F64", 8);

  /**
   * Where a tensor is.
   *
   * @param type of its values, for example {@code F32}
   * @param shape slowest dimension first; empty for a single value
   * @param begin first byte after the header
   * @param end byte after the last
   */
  public record Tensor(String type, List<Long> shape, long begin, long end) {}

  private final Path file;
  private final FileChannel channel;
  private final long dataStart;
  private final Map<String, Tensor> tensors;

  private SafetensorsFile(Path file, FileChannel channel) throws IOException {
    this.file = file;
    this.channel = channel;
    long size = channel.size();
    long header = size < Long.BYTES ? -1 : read(0, Long.BYTES).getLong();
    if (header < 2 || header > LONGEST_HEADER || header > size - Long.BYTES) {
      throw refused("a header of %d bytes in a file of %d".formatted(header, size));
    }
    dataStart = Long.BYTES + header;
    String json = StandardCharsets.UTF_8.decode(read(Long.BYTES, (int) header)).toString();
    tensors = parse(header(json));
    requireGapless(size - dataStart);
  }

  private Map<String, Object> header(String json) {
    try {
      return Json.parse(file + ", header", json).root().unwrapped();
    } catch (IllegalArgumentException e) {
      throw new BundleException(e.getMessage(), e);
    }
  }

  /**
   * Opens a file and checks its header.
   *
   * @throws BundleException if it is not a whole, well-formed safetensors file
   */
  public static SafetensorsFile open(Path file) throws IOException {
    FileChannel channel = FileChannel.open(file);
    try {
      return new SafetensorsFile(file, channel);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /** All tensors by name, in alphabetical order. */
  public Map<String, Tensor> tensors() {
    return tensors;
  }

  /**
   * The values of a tensor, in row-major order.
   *
   * @throws BundleException if there is no such tensor, or it does not hold 32-bit floats, or more
   *     than an array can take
   */
  public float[] floats(String name) throws IOException {
    Tensor tensor = tensors.get(name);
    if (tensor == null) {
      throw refused("no tensor " + name);
    }
    long count = (tensor.end - tensor.begin) / Float.BYTES;
    if (!tensor.type.equals("F32") || count > Integer.MAX_VALUE - 8) {
      throw refused("tensor %s has %d values of type %s".formatted(name, count, tensor.type));
    }
    float[] values = new float[(int) count];
    for (int done = 0; done < values.length; ) {
      int some = Math.min(values.length - done, CHUNK_BYTES / Float.BYTES);
      read(dataStart + tensor.begin + (long) done * Float.BYTES, some * Float.BYTES)
          .asFloatBuffer()
          .get(values, done, some);
      done += some;
    }
    return values;
  }

  /** SHA-256 of the whole file, in hexadecimal digits. */
  public String sha256() throws IOException {
    MessageDigest digest = Sha256.digest();
    long size = channel.size();
    for (long done = 0; done < size; ) {
      ByteBuffer some = read(done, (int) Math.min(CHUNK_BYTES, size - done));
      done += some.remaining();
      digest.update(some);
    }
    return Sha256.hex(digest);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  private ByteBuffer read(long position, int count) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining()) {
      if (channel.read(bytes, position + bytes.position()) < 0) {
        throw new EOFException(file + " ended while it was read");
      }
    }
    return bytes.flip();
  }

  private Map<String, Tensor> parse(Map<String, Object> header) {
    Map<String, Tensor> parsed = new TreeMap<>();
    header.forEach(
        (name, value) -> {
          if (!name.equals(METADATA)) {
            parsed.put(name, tensor(name, value));
          }
        });
    return Collections.unmodifiableMap(new LinkedHashMap<>(parsed));
  }

  private Tensor tensor(String name, Object value) {
    if (value instanceof Map<?, ?> map
        && map.get("dtype") instanceof String type
        && BYTES.containsKey(type)
        && map.get("shape") instanceof List<?> shape
        && map.get("data_offsets") instanceof List<?> offsets
        && offsets.size() == 2) {
      Tensor tensor =
          new Tensor(
              type,
              shape.stream().map(dimension -> whole(name, dimension)).toList(),
              whole(name, offsets.get(0)),
              whole(name, offsets.get(1)));
      if (bytes(name, tensor) == tensor.end - tensor.begin) {
        return tensor;
      }
    }
    throw refused("the header's entry for %s makes no sense: %s".formatted(name, value));
  }

  private long whole(String name, Object value) {
    if (value instanceof Integer || value instanceof Long) {
      long number = ((Number) value).longValue();
      if (number >= 0) {
        return number;
      }
    }
    throw refused("%s has %s where a size should be".formatted(name, value));
  }

  private long bytes(String name, Tensor tensor) {
    try {
      long count = 1;
      for (long dimension : tensor.shape) {
        count = Math.multiplyExact(count, dimension);
      }
      return Math.multiplyExact(count, (long) BYTES.get(tensor.type));
    } catch (ArithmeticException e) {
      throw refused("the shape of %s is too large: %s".formatted(name, tensor.shape));
    }
  }

  /** Each tensor begins where another ends, and the last ends with the file. */
  private void requireGapless(long dataBytes) {
    long position = 0;
    for (Map.Entry<String, Tensor> entry :
        tensors.entrySet().stream()
            .sorted(Comparator.comparingLong(e -> e.getValue().begin()))
            .toList()) {
      if (entry.getValue().begin != position) {
        throw refused(
            "%s begins at byte %d, not %d"
                .formatted(entry.getKey(), entry.getValue().begin, position));
      }
      position = entry.getValue().end;
    }
    if (position != dataBytes) {
      throw refused(
          "its tensors have %d bytes, the file has %d; was it cut off?"
              .formatted(position, dataBytes));
    }
  }

  private BundleException refused(String reason) {
    return new BundleException("%s is refused: %s".formatted(file, reason));
  }
}
