package org.genrewise.weights;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import org.genrewise.weights.PyTorchFile.Contents;
import org.genrewise.weights.PyTorchFile.Region;
import org.genrewise.weights.ZipDirectory.Entry;
import org.genrewise.weights.pickle.PickledStorage;
import org.genrewise.weights.pickle.PickledTensor;
import org.genrewise.weights.pickle.Shown;
import org.genrewise.weights.pickle.Unpickler;

/**
 * What torch.save writes since PyTorch 1.6: a zip archive with {@code data.pkl}, which says what
 * the tensors are, and {@code data/KEY} with the bytes of each storage, all in one folder.
 */
final class ZipCheckpoint {
  private static final byte[] MAGIC = {'P', 'K', 3, 4};
  private static final String PICKLE = "data.pkl";
  private static final int LONGEST_TEXT = 64;
  private static final int CHUNK_BYTES = 1 << 20;

  private final FileChannel channel;
  private final Map<String, Entry> entries;
  private final String folder;

  private ZipCheckpoint(FileChannel channel) throws IOException {
    this.channel = channel;
    this.entries = ZipDirectory.read(channel);
    this.folder = folder();
  }

  /** Whether a file begins as this format does. */
  static boolean begins(byte[] bytes) {
    return bytes.length >= MAGIC.length
        && Arrays.equals(MAGIC, 0, MAGIC.length, bytes, 0, MAGIC.length);
  }

  /**
   * Reads the pickle, and checks the storages against it and against their checksums.
   *
   * @throws WeightsException if the archive is not whole
   * @throws org.genrewise.weights.pickle.PickleException if it names anything but tensors
   */
  static Contents read(FileChannel channel) throws IOException {
    ZipCheckpoint checkpoint = new ZipCheckpoint(channel);
    checkpoint.requireLittleEndian();
    byte[] pickle = checkpoint.bytes(PICKLE, Unpickler.LONGEST);
    StateDict dictionary = StateDict.of(Unpickler.read(ByteBuffer.wrap(pickle)));
    return new Contents(dictionary, checkpoint.storages(dictionary));
  }

  private String folder() {
    if (entries.keySet().stream().anyMatch(name -> name.endsWith("/constants.pkl"))) {
      throw new WeightsException(
          "it is a TorchScript program; save the tensors alone: torch.save(model.state_dict(), FILE)");
    }
    List<String> pickles =
        entries.keySet().stream().filter(name -> name.endsWith("/" + PICKLE)).toList();
    if (pickles.size() != 1) {
      throw new WeightsException(
          "it is a zip archive with %d files named %s; torch.save writes one"
              .formatted(pickles.size(), PICKLE));
    }
    return pickles.get(0).substring(0, pickles.get(0).length() - PICKLE.length());
  }

  private void requireLittleEndian() throws IOException {
    if (entries.containsKey(folder + "byteorder")) {
      String order =
          new String(bytes("byteorder", LONGEST_TEXT), StandardCharsets.US_ASCII).strip();
      if (!order.equals("little")) {
        throw new WeightsException(
            "its byte order is %s, only little is read".formatted(Shown.name(order)));
      }
    }
  }

  private byte[] bytes(String name, int longest) throws IOException {
    Entry entry = entries.get(folder + name);
    if (entry.length() > longest) {
      throw new WeightsException("its %s is longer than %,d bytes".formatted(name, longest));
    }
    return stream(entry).readAllBytes();
  }

  private InputStream stream(Entry entry) {
    return new ChannelRegion(channel, entry.begin(), entry.length());
  }

  private Map<String, Region> storages(StateDict dictionary) throws IOException {
    Map<String, Region> storages = new LinkedHashMap<>();
    for (Map.Entry<String, PickledTensor> view : dictionary.views().entrySet()) {
      PickledStorage storage = view.getValue().storage();
      Region region = storages.get(storage.key());
      if (region == null) {
        region = storage(view.getKey(), folder + "data/" + storage.key());
        storages.put(storage.key(), region);
      }
      long needed = storage.offset() + storage.length();
      if (needed > region.length() / StateDict.type(view.getValue()).bytes()) {
        throw new WeightsException(
            "the values of %s have %,d bytes; its storage should hold %,d values"
                .formatted(Shown.name(view.getKey()), region.length(), needed));
      }
    }
    return storages;
  }

  /** A checksum of 0 is what PyTorch writes where checksums are switched off. */
  private Region storage(String tensor, String name) throws IOException {
    Entry entry = entries.get(name);
    if (entry == null) {
      throw new WeightsException("the values of %s are not in it".formatted(Shown.name(tensor)));
    }
    CRC32 checksum = new CRC32();
    byte[] chunk = new byte[CHUNK_BYTES];
    InputStream stream = stream(entry);
    for (int read = stream.read(chunk); read >= 0; read = stream.read(chunk)) {
      checksum.update(chunk, 0, read);
    }
    if (entry.checksum() != 0 && checksum.getValue() != entry.checksum()) {
      throw new WeightsException(
          "%s is damaged: its checksum is wrong".formatted(Shown.name(name)));
    }
    return new Region(entry.begin(), entry.length());
  }
}
