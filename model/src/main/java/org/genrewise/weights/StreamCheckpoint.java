package org.genrewise.weights;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.genrewise.weights.PyTorchFile.Contents;
import org.genrewise.weights.PyTorchFile.Region;
import org.genrewise.weights.pickle.PickledStorage;
import org.genrewise.weights.pickle.PickledTensor;
import org.genrewise.weights.pickle.Shown;
import org.genrewise.weights.pickle.Unpickler;

/**
 * What torch.save wrote in its older format, the only one before PyTorch 1.6: pickles of a magic
 * number, a version, the machine it was written on, the tensors, and the keys of the storages; then
 * each storage, its number of values before its bytes.
 */
final class StreamCheckpoint {
  private static final BigInteger MAGIC = new BigInteger("1950a86a20f9469cfc6c", 16);
  private static final long VERSION = 1001;

  private StreamCheckpoint() {}

  /** Whether a file begins as pickles do: with a protocol. */
  static boolean begins(byte[] bytes) {
    return bytes.length >= 2 && bytes[0] == (byte) 0x80 && bytes[1] >= 2 && bytes[1] <= 5;
  }

  /**
   * Reads the pickles and checks where the storages are.
   *
   * @throws WeightsException if the file is not whole
   * @throws org.genrewise.weights.pickle.PickleException if it names anything but tensors
   */
  static Contents read(FileChannel channel) throws IOException {
    ByteBuffer head = head(channel);
    requireKnown(Unpickler.read(head), Unpickler.read(head), Unpickler.read(head));
    StateDict dictionary = StateDict.of(Unpickler.read(head));
    List<?> keys = Unpickler.read(head) instanceof List<?> list ? list : List.of();
    Map<String, Region> storages =
        storages(channel, head.position(), keys, bytesPerValue(dictionary));
    requireStorages(dictionary, storages);
    return new Contents(dictionary, storages);
  }

  /** The pickles stand at the beginning and have no length of their own. */
  private static ByteBuffer head(FileChannel channel) throws IOException {
    ByteBuffer head = ByteBuffer.allocate((int) Math.min(channel.size(), Unpickler.LONGEST));
    while (head.hasRemaining() && channel.read(head, head.position()) >= 0) {
      // until it is full, or the file has become shorter
    }
    return head.flip();
  }

  private static void requireKnown(Object magic, Object version, Object machine) {
    if (!MAGIC.equals(magic) || !Long.valueOf(VERSION).equals(version)) {
      throw new WeightsException(
          "it is a pickle, but not as torch.save writes them (version %d)".formatted(VERSION));
    }
    if (machine instanceof Map<?, ?> facts && Boolean.FALSE.equals(facts.get("little_endian"))) {
      throw new WeightsException("its byte order is big, only little is read");
    }
  }

  /** By the storages' keys. */
  private static Map<String, Integer> bytesPerValue(StateDict dictionary) {
    Map<String, Integer> bytes = new HashMap<>();
    for (PickledTensor view : dictionary.views().values()) {
      int own = StateDict.type(view).bytes();
      Integer before = bytes.put(view.storage().key(), own);
      if (before != null && before != own) {
        throw new WeightsException("one of its storages has values of two types");
      }
    }
    return bytes;
  }

  /** Each is its number of values, then their bytes. */
  private static Map<String, Region> storages(
      FileChannel channel, long begin, List<?> keys, Map<String, Integer> bytesPerValue)
      throws IOException {
    Map<String, Region> storages = new LinkedHashMap<>();
    long position = begin;
    for (Object listed : keys) {
      if (!(listed instanceof String key) || !bytesPerValue.containsKey(key)) {
        throw new WeightsException(
            "it has a storage of which no tensor says what its values are; save the tensors alone");
      }
      long count = count(channel, position);
      int bytes = bytesPerValue.get(key);
      position += Long.BYTES;
      if (count < 0 || count > (channel.size() - position) / bytes) {
        throw new WeightsException(
            "a storage of %,d values goes beyond its end; was it cut off?".formatted(count));
      }
      storages.put(key, new Region(position, count * bytes));
      position += count * bytes;
    }
    return storages;
  }

  private static long count(FileChannel channel, long position) throws IOException {
    ByteBuffer count = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    while (count.hasRemaining()) {
      if (channel.read(count, position + count.position()) < 0) {
        throw new WeightsException("a storage is not in it; was it cut off?");
      }
    }
    return count.getLong(0);
  }

  private static void requireStorages(StateDict dictionary, Map<String, Region> storages) {
    for (Map.Entry<String, PickledTensor> view : dictionary.views().entrySet()) {
      PickledStorage storage = view.getValue().storage();
      Region region = storages.get(storage.key());
      int bytes = StateDict.type(view.getValue()).bytes();
      if (region == null || storage.offset() + storage.length() > region.length() / bytes) {
        throw new WeightsException(
            "the values of %s are not in it".formatted(Shown.name(view.getKey())));
      }
    }
  }
}
