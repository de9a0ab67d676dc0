package org.genrewise.weights;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.genrewise.json.Json;
import org.genrewise.weights.pickle.Shown;

/**
 * Tensors by name in a file of Hugging Face's safetensors format: eight bytes with the length of a
 * JSON header, the header, then the values of all tensors, little-endian and without gaps. The
 * header is checked before anything is believed: a file that opens holds exactly what it says. Only
 * what is asked for is read; the file may be larger than memory.
 */
public final class SafetensorsFile implements TensorFile {

  /** A header longer than this, about 8,000 tensors, is refused. */
  static final int LONGEST_HEADER = 1 << 20;

  static final String METADATA = "__metadata__";

  /** Where a tensor is, in bytes after the header. */
  private record Place(Tensor tensor, long begin, long end) {}

  private final Path file;
  private final FileChannel channel;
  private final long dataStart;
  private final Map<String, Place> places;
  private final Map<String, Tensor> tensors;
  private final Map<String, String> metadata;

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
    Map<String, Object> entries = header(json);
    metadata = metadata(entries.remove(METADATA));
    places = places(entries);
    Map<String, Tensor> all = new LinkedHashMap<>();
    places.forEach((name, place) -> all.put(name, place.tensor));
    tensors = Collections.unmodifiableMap(all);
    requireGapless(size - dataStart);
  }

  private Map<String, Object> header(String json) {
    try {
      return new HashMap<>(Json.parse("its header", json).root().unwrapped());
    } catch (IllegalArgumentException e) {
      throw refused(Shown.text(e.getMessage()));
    }
  }

  /** Whether a file begins as this format does: a length, and a JSON object. */
  static boolean begins(byte[] bytes) {
    return bytes.length > Long.BYTES && bytes[Long.BYTES] == '{';
  }

  /**
   * Opens a file and checks its header.
   *
   * @throws WeightsException if it is not a whole, well-formed safetensors file
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

  @Override
  public String format() {
    return "safetensors";
  }

  @Override
  public Map<String, Tensor> tensors() {
    return tensors;
  }

  @Override
  public Map<String, String> metadata() {
    return metadata;
  }

  @Override
  public void read(String name, FloatSink sink) throws IOException {
    Place place = places.get(name);
    if (place == null) {
      throw refused("it has no tensor " + Shown.name(name));
    }
    if (!place.tensor.type().fitsFloat()) {
      throw refused(
          "tensor %s is %s, which 32-bit floats do not hold"
              .formatted(Shown.name(name), place.tensor));
    }
    // positioned reads, so that any number of threads may read
    InputStream bytes =
        new ChannelRegion(channel, dataStart + place.begin, place.end - place.begin);
    Pieces.sideBySide(bytes, place.tensor.type(), place.tensor.count(), sink);
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

  private Map<String, String> metadata(Object value) {
    Map<String, String> texts = new TreeMap<>();
    if (value instanceof Map<?, ?> entries) {
      entries.forEach(
          (key, text) -> {
            if (!(text instanceof String)) {
              throw refused("its %s hold something else than text".formatted(METADATA));
            }
            texts.put(String.valueOf(key), (String) text);
          });
    } else if (value != null) {
      throw refused("its %s hold something else than text".formatted(METADATA));
    }
    return Collections.unmodifiableMap(texts);
  }

  /** In the order in which the tensors lie. */
  private Map<String, Place> places(Map<String, Object> header) {
    Map<String, Place> places = new LinkedHashMap<>();
    header.entrySet().stream()
        .map(entry -> Map.entry(entry.getKey(), place(entry.getKey(), entry.getValue())))
        .sorted(
            Comparator.<Map.Entry<String, Place>>comparingLong(entry -> entry.getValue().begin)
                .thenComparingLong(entry -> entry.getValue().end)
                .thenComparing(Map.Entry::getKey))
        .forEach(entry -> places.put(entry.getKey(), entry.getValue()));
    return places;
  }

  private Place place(String name, Object value) {
    if (value instanceof Map<?, ?> map
        && map.get("dtype") instanceof String type
        && TensorType.of(type).isPresent()
        && map.get("shape") instanceof List<?> shape
        && map.get("data_offsets") instanceof List<?> offsets
        && offsets.size() == 2) {
      Tensor tensor =
          new Tensor(
              TensorType.of(type).get(),
              shape.stream().map(dimension -> whole(name, dimension)).toList());
      Place place = new Place(tensor, whole(name, offsets.get(0)), whole(name, offsets.get(1)));
      if (bytes(name, tensor) == place.end - place.begin) {
        return place;
      }
    }
    throw refused(
        "the header's entry for %s makes no sense: %s"
            .formatted(Shown.name(name), Shown.name(String.valueOf(value))));
  }

  private long whole(String name, Object value) {
    if (value instanceof Integer || value instanceof Long) {
      long number = ((Number) value).longValue();
      if (number >= 0) {
        return number;
      }
    }
    throw refused(
        "%s has %s where a size should be"
            .formatted(Shown.name(name), Shown.name(String.valueOf(value))));
  }

  private long bytes(String name, Tensor tensor) {
    try {
      return Math.multiplyExact(tensor.count(), (long) tensor.type().bytes());
    } catch (ArithmeticException e) {
      throw refused(
          "the shape of %s is too large: %s"
              .formatted(Shown.name(name), Shown.name(tensor.shape().toString())));
    }
  }

  /** Each tensor begins where another ends, and the last ends with the file. */
  private void requireGapless(long dataBytes) {
    long position = 0;
    for (Map.Entry<String, Place> entry : places.entrySet()) {
      Place place = entry.getValue();
      if (place.begin != position) {
        throw refused(
            "%s begins at byte %d, not %d"
                .formatted(Shown.name(entry.getKey()), place.begin, position));
      }
      position = place.end;
    }
    if (position != dataBytes) {
      throw refused(
          "its tensors have %d bytes, the file has %d; was it cut off?"
              .formatted(position, dataBytes));
    }
  }

  private WeightsException refused(String reason) {
    return new WeightsException("%s is refused: %s".formatted(file, reason));
  }
}
