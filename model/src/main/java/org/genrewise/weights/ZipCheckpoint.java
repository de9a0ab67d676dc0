package org.genrewise.weights;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.genrewise.weights.pickle.PickleException;
import org.genrewise.weights.pickle.PickledStorage;
import org.genrewise.weights.pickle.PickledTensor;
import org.genrewise.weights.pickle.Shown;
import org.genrewise.weights.pickle.Unpickler;

/**
 * A file that torch.save wrote since PyTorch 1.6: a zip archive with {@code data.pkl}, which says
 * what the tensors are, and {@code data/KEY} with the bytes of each storage, all in one folder.
 */
final class ZipCheckpoint extends PyTorchCheckpoint {
  private static final byte[] MAGIC = {'P', 'K', 3, 4};
  private static final String PICKLE = "data.pkl";
  private static final int LONGEST_TEXT = 64;
  private static final int CHUNK_BYTES = 1 << 20;

  private final ZipFile zip;
  private final Map<String, ZipEntry> storages;

  private ZipCheckpoint(
      Path file, StateDict dictionary, ZipFile zip, Map<String, ZipEntry> storages) {
    super(file, dictionary);
    this.zip = zip;
    this.storages = storages;
  }

  /** Whether a file begins as this format does. */
  static boolean begins(byte[] bytes) {
    return bytes.length >= MAGIC.length
        && Arrays.equals(MAGIC, 0, MAGIC.length, bytes, 0, MAGIC.length);
  }

  /**
   * Opens a file, reads its pickle, and checks its storages against it and against their checksums.
   *
   * @throws WeightsException if it is not whole, or names anything but tensors
   */
  static ZipCheckpoint open(Path file) throws IOException {
    ZipFile zip = zip(file);
    try {
      String folder = folder(zip);
      requireLittleEndian(zip, folder);
      StateDict dictionary = StateDict.of(unpickle(zip, folder));
      return new ZipCheckpoint(file, dictionary, zip, storages(zip, folder, dictionary));
    } catch (PickleException | WeightsException e) {
      zip.close();
      throw refused(file, e.getMessage());
    } catch (ZipException e) {
      zip.close();
      throw refused(file, "its zip archive is damaged: " + e.getMessage());
    } catch (IOException | RuntimeException e) {
      zip.close();
      throw e;
    }
  }

  private static ZipFile zip(Path file) throws IOException {
    try {
      return new ZipFile(file.toFile());
    } catch (ZipException e) {
      throw refused(
          file, "its zip archive cannot be read (%s); was it cut off?".formatted(e.getMessage()));
    }
  }

  private static String folder(ZipFile zip) {
    List<String> pickles =
        zip.stream().map(ZipEntry::getName).filter(name -> name.endsWith("/" + PICKLE)).toList();
    if (zip.stream().anyMatch(entry -> entry.getName().endsWith("/constants.pkl"))) {
      throw new WeightsException(
          "it is a TorchScript program; save the tensors alone: torch.save(model.state_dict(), FILE)");
    }
    if (pickles.size() != 1) {
      throw new WeightsException(
          "it is a zip archive with %d files named %s; torch.save writes one"
              .formatted(pickles.size(), PICKLE));
    }
    return pickles.get(0).substring(0, pickles.get(0).length() - PICKLE.length());
  }

  private static void requireLittleEndian(ZipFile zip, String folder) throws IOException {
    ZipEntry entry = zip.getEntry(folder + "byteorder");
    if (entry != null) {
      String order = new String(bytes(zip, entry, LONGEST_TEXT), StandardCharsets.US_ASCII).strip();
      if (!order.equals("little")) {
        throw new WeightsException(
            "its byte order is %s, only little is read".formatted(Shown.name(order)));
      }
    }
  }

  private static Object unpickle(ZipFile zip, String folder) throws IOException {
    byte[] pickle = bytes(zip, zip.getEntry(folder + PICKLE), Unpickler.LONGEST);
    return Unpickler.read(ByteBuffer.wrap(pickle));
  }

  /** Whatever the archive says of its length, which need not be true. */
  private static byte[] bytes(ZipFile zip, ZipEntry entry, int longest) throws IOException {
    try (InputStream stream = zip.getInputStream(entry)) {
      byte[] bytes = stream.readNBytes(longest + 1);
      if (bytes.length > longest) {
        throw new WeightsException(
            "its %s is longer than %,d bytes".formatted(Shown.name(entry.getName()), longest));
      }
      return bytes;
    }
  }

  private static Map<String, ZipEntry> storages(ZipFile zip, String folder, StateDict dictionary)
      throws IOException {
    Map<String, ZipEntry> storages = new LinkedHashMap<>();
    for (Map.Entry<String, PickledTensor> view : dictionary.views().entrySet()) {
      PickledStorage storage = view.getValue().storage();
      ZipEntry entry = storages.get(storage.key());
      if (entry == null) {
        entry = zip.getEntry(folder + "data/" + storage.key());
        if (entry == null) {
          throw new WeightsException(
              "the values of %s are not in it".formatted(Shown.name(view.getKey())));
        }
        requireIntact(zip, entry);
        storages.put(storage.key(), entry);
      }
      long needed = storage.offset() + storage.length();
      if (needed > entry.getSize() / StateDict.type(view.getValue()).bytes()) {
        throw new WeightsException(
            "the values of %s have %,d bytes; its storage should hold %,d values"
                .formatted(Shown.name(view.getKey()), entry.getSize(), needed));
      }
    }
    return storages;
  }

  /** A checksum of 0 is what PyTorch writes where checksums are switched off. */
  private static void requireIntact(ZipFile zip, ZipEntry entry) throws IOException {
    CRC32 checksum = new CRC32();
    byte[] chunk = new byte[CHUNK_BYTES];
    long length = 0;
    try (InputStream stream = zip.getInputStream(entry)) {
      for (int read = stream.read(chunk); read >= 0; read = stream.read(chunk)) {
        checksum.update(chunk, 0, read);
        length += read;
      }
    }
    if (length != entry.getSize() || entry.getCrc() != 0 && checksum.getValue() != entry.getCrc()) {
      throw new WeightsException(
          "%s is damaged: its length or its checksum is wrong"
              .formatted(Shown.name(entry.getName())));
    }
  }

  @Override
  InputStream open(PickledStorage storage, long position) throws IOException {
    InputStream stream = zip.getInputStream(storages.get(storage.key()));
    stream.skipNBytes(position);
    return stream;
  }

  @Override
  public String format() {
    return "PyTorch, zip";
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
