package org.genrewise.weights;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.genrewise.hash.Sha256;
import org.genrewise.testing.SharedData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafetensorsFileTest {
  @TempDir Path directory;

  @Test
  void givesBackWhatWasWritten() throws IOException {
    Map<String, List<Long>> shapes = new LinkedHashMap<>();
    shapes.put("z.weight", List.of(700L, 900L));
    shapes.put("a \"b\"\\c", List.of(3L));
    shapes.put("single", List.of());
    shapes.put("none", List.of(0L, 4L));
    Path file = directory.resolve("t.safetensors");
    String hash =
        SafetensorsWriter.write(
            file,
            shapes,
            Map.of("made by", "a \"test\""),
            (name, sink) -> {
              float[] values = values(name, shapes.get(name));
              sink.accept(values, values.length);
            });

    try (SafetensorsFile read = SafetensorsFile.open(file)) {
      assertEquals(hash, Sha256.of(file));
      assertEquals(Map.of("made by", "a \"test\"", "format", "pt"), read.metadata());
      assertEquals(shapes.keySet(), read.tensors().keySet());
      for (String name : shapes.keySet()) {
        assertEquals(shapes.get(name), read.tensors().get(name).shape());
        assertArrayEquals(values(name, shapes.get(name)), read.floats(name));
      }
    }
    assertEquals(
        0, ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN).getLong() % 8);
  }

  @Test
  void readsWhatTheFormatsOwnLibraryWrote() throws IOException {
    Path file = SharedData.path("reference/torch/vgg19bn_small.safetensors");
    try (SafetensorsFile read = SafetensorsFile.open(file)) {
      assertEquals(List.of(4L, 3L, 3L, 3L), read.tensors().get("features.0.weight").shape());
      assertEquals(108, read.floats("features.0.weight").length);
      assertEquals(TensorType.I64, read.tensors().get("features.1.num_batches_tracked").type());
      assertThrows(WeightsException.class, () -> read.floats("features.1.num_batches_tracked"));
      assertThrows(WeightsException.class, () -> read.floats("features.2.weight"));
    }
  }

  @Test
  void refusesHeadersThatCannotBeTrue() throws IOException {
    refused("a header of -1 bytes in a file of 3", new byte[3]);
    refused("a header of", bytes(Long.MAX_VALUE, "{}", 0));
    refused("a header of", bytes(-5, "{}", 0));
    refused("a header of", bytes(1 << 30, "{}", 0));
    refused("a header of", bytes(0, "", 4));
    refused("is not JSON", bytes("{\"a\":", 0));
    refused("is not JSON", bytes("{\"a\":1,\"a\":2}", 0));
    refused("nested more than", bytes("{\"a\":" + "[".repeat(50_000), 0));
    refused("three quotes", bytes("{\"a\":\"\"\"x\"y\"\"\",\"b\":" + "[".repeat(50_000), 0));
    refused("something else than text", bytes("{\"__metadata__\":{\"a\":1}}", 0));
    refused("something else than text", bytes("{\"__metadata__\":[]}", 0));
    refused("makes no sense", bytes("{\"a\":7}", 0));
    refused("makes no sense", bytes(tensor("F31", "[1]", 0, 4), 4));
    refused("makes no sense", bytes(tensor("F32", "[2]", 0, 4), 4));
    refused("makes no sense", bytes(tensor("F32", "[1]", 4, 0), 4));
    refused("where a size should be", bytes(tensor("F32", "[-1]", 0, 4), 4));
    refused("where a size should be", bytes(tensor("F32", "[1.5]", 0, 6), 6));
    refused("is too large", bytes(tensor("F32", "[4611686018427387904,4]", 0, 4), 4));
    refused("begins at byte 4, not 0", bytes(tensor("F32", "[1]", 4, 8), 8));
    refused("was it cut off?", bytes(tensor("F32", "[2]", 0, 8), 7));
    refused("was it cut off?", bytes(tensor("F32", "[2]", 0, 8), 9));
  }

  @Test
  void offsetsBeyondTwoGigabytesArePossible() throws IOException {
    long large = 3L << 30;
    Path file = directory.resolve("large.safetensors");
    String header =
        "{\"a\":{\"dtype\":\"U8\",\"shape\":[%d],\"data_offsets\":[0,%d]},\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[%d,%d]}}"
            .formatted(large, large, large, large + 4);
    try (var sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.write(bytes(header, 0));
      sparse.seek(8 + header.length() + large);
      sparse.write(new byte[] {0, 0, (byte) 0x80, 0x3f});
    }
    try (SafetensorsFile read = SafetensorsFile.open(file)) {
      assertArrayEquals(new float[] {1}, read.floats("b"));
    }
  }

  private void refused(String reason, byte[] content) throws IOException {
    Path file = directory.resolve("bad.safetensors");
    Files.write(file, content);
    WeightsException refused =
        assertThrows(WeightsException.class, () -> SafetensorsFile.open(file));
    assertTrue(refused.getMessage().contains(reason), refused.getMessage());
  }

  private static String tensor(String type, String shape, long begin, long end) {
    return "{\"a\":{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":[%d,%d]}}"
        .formatted(type, shape, begin, end);
  }

  private static byte[] bytes(String header, int data) {
    return bytes(header.length(), header, data);
  }

  private static byte[] bytes(long length, String header, int data) {
    return ByteBuffer.allocate(8 + header.length() + data)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(length)
        .put(header.getBytes(StandardCharsets.US_ASCII))
        .array();
  }

  private static float[] values(String name, List<Long> shape) {
    float[] values = new float[(int) shape.stream().mapToLong(d -> d).reduce(1, (a, b) -> a * b)];
    Random random = new Random(name.hashCode());
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat();
    }
    return values;
  }
}
