package org.genrewise.weights;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files of every format, as PyTorch wrote them, and damaged ones. */
class TensorFileTest {
  private static final Path RESOURCES = Path.of("src/test/resources/weights");
  private static final Config KINDS =
      ConfigFactory.parseFile(RESOURCES.resolve("kinds.json").toFile());

  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({
    "kinds.pt, 'PyTorch, zip', ''",
    "kinds.protocol4.pt, 'PyTorch, zip', ''",
    "kinds.unchecked.pt, 'PyTorch, zip', ''",
    "kinds.parameters.pt, 'PyTorch, zip', ''",
    "kinds.nested.pt, 'PyTorch, zip', model.",
    "kinds.stream.pt, 'PyTorch, stream', ''",
    "kinds.stream4.pt, 'PyTorch, stream', ''",
    "kinds.safetensors, safetensors, ''"
  })
  void everyKindOfTensorHasTheValuesThatPyTorchGave(String name, String format, String prefix)
      throws IOException {
    try (TensorFile file = TensorFile.open(RESOURCES.resolve(name))) {
      assertEquals(format, file.format());
      for (String tensor : KINDS.root().keySet()) {
        Config expected = KINDS.getConfig(tensor);
        assertEquals(
            expected.getLongList("shape"), file.tensors().get(prefix + tensor).shape(), tensor);
        if (!tensor.equals("whole")) {
          assertArrayEquals(
              floats(expected.getStringList("values")), file.floats(prefix + tensor), tensor);
        }
      }
      assertThrows(WeightsException.class, () -> file.floats(prefix + "whole"));
      assertThrows(WeightsException.class, () -> file.floats(prefix + "nothing"));
    }
  }

  @Test
  void onlyTensorsAreSeenInNestedDictionaries() throws IOException {
    try (TensorFile file = TensorFile.open(RESOURCES.resolve("kinds.nested.pt"))) {
      assertTrue(file.tensors().containsKey("optimizer.state.0.step"));
      assertEquals(KINDS.root().size() + 1, file.tensors().size());
    }
  }

  @Test
  void largeTensorsComeInPieces() throws IOException {
    float[] values = new float[700_000];
    Random random = new Random(1);
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat();
    }
    Path file = directory.resolve("large.safetensors");
    SafetensorsWriter.write(
        file,
        Map.of("large", List.of(700L, 1000L)),
        Map.of(),
        (name, sink) -> sink.accept(values, values.length));
    try (TensorFile read = TensorFile.open(file)) {
      int[] pieces = {0};
      read.read("large", (piece, count) -> pieces[0]++);
      assertTrue(pieces[0] > 1, "one piece");
      assertArrayEquals(values, read.floats("large"));
    }
  }

  @ParameterizedTest
  @CsvSource({"network.pt", "network.torchvision.pt", "kinds.safetensors"})
  void aFileThatIsCutOffAnywhereIsRefused(String name) throws IOException {
    byte[] whole = Files.readAllBytes(RESOURCES.resolve(name));
    for (int i = 0; i < 40; i++) {
      int length = (int) ((long) whole.length * i / 40);
      refused("refused", Arrays.copyOf(whole, length));
    }
  }

  @Test
  void aChangedValueIsNoticedByItsChecksum() throws IOException {
    byte[] bytes = Files.readAllBytes(RESOURCES.resolve("network.pt"));
    int value = indexOf(bytes, "network/data/0", 0) + 100;
    bytes[value] ^= 1;

    refused("network/data/0 is damaged", bytes);
  }

  @Test
  void otherFilesAreRefused() throws IOException {
    byte[] noise = new byte[100_000];
    new Random(3).nextBytes(noise);
    noise[8] = 0;
    refused("begins neither as the files of torch.save do nor as safetensors", noise);
    refused("begins neither", new byte[0]);
    refused("begins neither", "RIFF....WAVE".getBytes(StandardCharsets.US_ASCII));
    refused("begins neither", pickle("}."));
    refused("not as torch.save writes them", stream("\u0080\u0002K\u0001."));
    refused("cannot be read", "PK\3\4 and nothing more".getBytes(StandardCharsets.ISO_8859_1));
    refused("with 0 files named data.pkl", zip("archive/readme", "text"));
    refused("is a TorchScript program", zip("a/data.pkl", "}.", "a/constants.pkl", "}."));
    refused("no dictionary of tensors", zip("a/data.pkl", "\u0080\2N."));
    refused("no dictionary of tensors", zip("a/data.pkl", "\u0080\2}X\1\0\0\0aK\1s."));
    refused("its byte order is big", zip("a/data.pkl", "\u0080\2}.", "a/byteorder", "big"));
    refused("longer than", zip("a/data.pkl", "0".repeat(5 << 20)));
    assertThrows(IOException.class, () -> TensorFile.open(directory.resolve("nowhere")));
    assertThrows(IOException.class, () -> TensorFile.open(directory));
  }

  @Test
  void storagesMustHoldWhatTheirTensorsSay() throws IOException {
    String two = tensor("FloatStorage", "0", 2, 0, 2, 1);
    byte[] good = zip("a/data.pkl", dictionary(two), "a/data/0", "\0\0\u0080?\0\0\0@");
    try (TensorFile file = TensorFile.open(write(good))) {
      assertArrayEquals(new float[] {1, 2}, file.floats("t"));
    }
    refused("the values of t are not in it", zip("a/data.pkl", dictionary(two)));
    refused(
        "have 7 bytes; its storage should hold 2 values",
        zip("a/data.pkl", dictionary(two), "a/data/0", "1234567"));
    String view = tensor("FloatStorage", "0", 2, 0, 3, 1);
    refused(
        "does not fit into its storage",
        zip("a/data.pkl", dictionary(view), "a/data/0", "12345678"));
    String beyond = tensor("FloatStorage", "0", 2, 1, 2, 1);
    refused(
        "does not fit into its storage",
        zip("a/data.pkl", dictionary(beyond), "a/data/0", "12345678"));
    String stretched = tensor("FloatStorage", "0", 2, 0, 2, 2);
    refused(
        "does not fit into its storage",
        zip("a/data.pkl", dictionary(stretched), "a/data/0", "12345678"));
    String outside = tensor("FloatStorage", "../../etc/passwd", 2, 0, 2, 1);
    refused(
        "the values of t are not in it",
        zip("a/data.pkl", dictionary(outside), "a/data/0", "12345678"));
  }

  @Test
  void archivesThatLieAreRefused() throws IOException {
    String one = tensor("FloatStorage", "0", 2, 0, 2, 1);
    String[] good = {"a/data.pkl", dictionary(one), "a/data/0", "12345678"};
    refused("is compressed or encrypted", zip(ZipEntry.DEFLATED, good));
    byte[] whole = zip(good);
    int end = whole.length - 22;
    int central = ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN).getInt(end + 16);
    int second = indexOf(whole, "a/data/0", central) - 46;
    refused("makes no sense", changed(whole, end + 10, (byte) 0xfe, (byte) 0xff));
    refused("zip64 end is not where", changed(whole, end + 10, (byte) 0xff, (byte) 0xff));
    refused("makes no sense", changed(whole, end + 12, (byte) 0xff, (byte) 0xff));
    refused("bytes from byte", changed(whole, second + 24, (byte) 9));
    refused("bytes from byte", changed(whole, second + 45, (byte) 0x7f));
    refused(
        "overlaps another", changed(whole, second + 42, (byte) 0, (byte) 0, (byte) 0, (byte) 0));
    refused("is damaged", changed(whole, second + 16, (byte) 1));
    byte[] twice = zip("a/data.pkl", dictionary(one), "a/data/0", "12345678", "a/data/1", "x");
    int third = indexOf(twice, "a/data/1", indexOf(twice, "a/data/1", 0) + 1);
    refused("two of its entries are named a/data/0", changed(twice, third + 7, (byte) '0'));
  }

  @Test
  void archivesThatClaimMillionsOfEntriesTakeNoMemoryForThem() throws IOException {
    for (long entries : new long[] {100_000_000, Integer.MAX_VALUE, Long.MAX_VALUE}) {
      ByteBuffer bytes = little(4 + 56 + 20 + 22);
      bytes.putInt(0x04034b50);
      bytes.putInt(0x06064b50).putLong(44).putInt(0).putInt(0).putInt(0);
      bytes.putLong(entries).putLong(entries).putLong(4).putLong(0);
      bytes.putInt(0x07064b50).putInt(0).putLong(4).putInt(1);
      bytes.putInt(0x06054b50).putInt(0).putInt(-1).putInt(-1).putInt(-1).putShort((short) 0);
      refused("makes no sense", bytes.array());
    }
  }

  @Test
  void oldStreamsThatLieAreRefused() throws IOException {
    String head =
        "\u0080\2\u008a\nl\u00fc\u009cF\u00f9 j\u00a8P\u0019.\u0080\2M\u00e9\3.\u0080\2}.";
    String tensor = head + dictionary(tensor("FloatStorage", "0", 2, 0, 2, 1));
    refused("no tensor says", pickle(tensor + "\u0080\2]q\0h\0a."));
    refused("no tensor says", pickle(tensor + "\u0080\2]X\1\0\0\0" + "1a."));
    refused(
        "goes beyond its end", pickle(tensor + "\u0080\2]X\1\0\0\0" + "0a.\u00ff\0\0\0\0\0\0\0"));
    refused("a storage is not in it", pickle(tensor + "\u0080\2]X\1\0\0\0" + "0a.abc"));
    refused("are not in it", pickle(tensor + "\u0080\2]."));
    String two =
        "\u0080\2}(X\1\0\0\0a"
            + tensor("FloatStorage", "0", 2, 0, 2, 1)
            + "X\1\0\0\0b"
            + tensor("DoubleStorage", "0", 2, 0, 2, 1)
            + "u.";
    refused("values of two types", pickle(head + two + "\u0080\2]."));
  }

  /** A file of three gigabytes, most of it a hole, in each format. */
  @Test
  void offsetsBeyondTwoGigabytesArePossible() throws IOException {
    long hole = 3L << 30;
    String tensors =
        "\u0080\2}(X\1\0\0\0a"
            + tensor("ByteStorage", "0", hole, 0, hole, 1)
            + "X\1\0\0\0b"
            + tensor("FloatStorage", "1", 1, 0, 1, 1)
            + "u.";
    float[] one = {1};
    assertArrayEquals(one, sparseStream(tensors, hole));
    assertArrayEquals(one, sparseZip(tensors, hole));
  }

  private float[] sparseStream(String tensors, long hole) throws IOException {
    String head =
        "\u0080\2\u008a\nl\u00fc\u009cF\u00f9 j\u00a8P\u0019.\u0080\2M\u00e9\3.\u0080\2}."
            + tensors
            + "\u0080\2](X\1\0\0\0"
            + "0X\1\0\0\0"
            + "1e.";
    Path path = directory.resolve("sparse.stream.pt");
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
      file.write(pickle(head));
      file.write(little(Long.BYTES).putLong(hole).array());
      file.seek(file.getFilePointer() + hole);
      file.write(little(12).putLong(1).putFloat(1).array());
    }
    try (TensorFile read = TensorFile.open(path)) {
      return read.floats("b");
    }
  }

  /** Java's own writer would write the hole out. */
  private float[] sparseZip(String tensors, long hole) throws IOException {
    Path path = directory.resolve("sparse.pt");
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
      SparseZip zip = new SparseZip(file);
      zip.add("a/data.pkl", pickle(tensors));
      zip.addHole("a/data/0", hole);
      zip.add("a/data/1", little(4).putFloat(1).array());
      zip.finish();
    }
    try (TensorFile read = TensorFile.open(path)) {
      return read.floats("b");
    }
  }

  private void refused(String reason, byte[] content) throws IOException {
    Path file = write(content);
    WeightsException refused =
        assertThrows(WeightsException.class, () -> TensorFile.open(file), reason);
    assertTrue(
        refused.getMessage().contains(reason) && refused.getMessage().contains("bad.pt"),
        refused.getMessage());
  }

  private static byte[] changed(byte[] bytes, int at, byte... values) {
    byte[] changed = bytes.clone();
    System.arraycopy(values, 0, changed, at, values.length);
    return changed;
  }

  private Path write(byte[] content) throws IOException {
    Path file = directory.resolve("bad.pt");
    Files.write(file, content);
    return file;
  }

  /** One tensor of one dimension, as opcodes. */
  private static String tensor(
      String storage, String key, long length, int offset, long size, int stride) {
    String wide = new String(little(8).putLong(length).array(), StandardCharsets.ISO_8859_1);
    String count = new String(little(8).putLong(size).array(), StandardCharsets.ISO_8859_1);
    return "ctorch._utils\n_rebuild_tensor_v2\n((X\7\0\0\0storagectorch\n"
        + storage
        + "\nX"
        + (char) key.length()
        + "\0\0\0"
        + key
        + "X\3\0\0\0cpu\u008a\10"
        + wide
        + "tQK"
        + (char) offset
        + "(\u008a\10"
        + count
        + "t(K"
        + (char) stride
        + "t\u0089}tR";
  }

  private static String dictionary(String tensor) {
    return "\u0080\2}X\1\0\0\0t" + tensor + "s.";
  }

  private static byte[] stream(String secondPickle) {
    return pickle(
        "\u0080\2\u008a\nl\u00fc\u009cF\u00f9 j\u00a8P\u0019." + secondPickle + "\u0080\2}.");
  }

  static byte[] pickle(String opcodes) {
    return opcodes.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Names and contents in turn, stored as torch.save stores them. */
  private static byte[] zip(String... entries) throws IOException {
    return zip(ZipEntry.STORED, entries);
  }

  private static byte[] zip(int method, String... entries) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (int i = 0; i < entries.length; i += 2) {
        byte[] content = pickle(entries[i + 1]);
        CRC32 checksum = new CRC32();
        checksum.update(content);
        ZipEntry entry = new ZipEntry(entries[i]);
        entry.setMethod(method);
        entry.setSize(content.length);
        entry.setCrc(checksum.getValue());
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
      }
    }
    return bytes.toByteArray();
  }

  private static ByteBuffer little(int capacity) {
    return ByteBuffer.allocate(capacity).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static float[] floats(List<String> values) {
    float[] floats = new float[values.size()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = Float.parseFloat(values.get(i));
    }
    return floats;
  }

  private static int indexOf(byte[] bytes, String text, int from) {
    return new String(bytes, StandardCharsets.ISO_8859_1).indexOf(text, from);
  }
}
