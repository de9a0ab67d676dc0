package org.genrewise.weights;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.genrewise.weights.pickle.PickleException;
import org.genrewise.weights.pickle.PickledStorage;
import org.genrewise.weights.pickle.PickledTensor;
import org.genrewise.weights.pickle.Shown;
import org.genrewise.weights.pickle.Unpickler;

/**
 * A file of torch.save's older format, the only one before PyTorch 1.6: pickles of a magic number,
 * a version, the machine it was written on, the tensors, and the keys of the storages; then each
 * storage, its number of values before its bytes.
 */
final class StreamCheckpoint extends PyTorchCheckpoint {
  private static final BigInteger MAGIC = new BigInteger("1950a86a20f9469cfc6c", 16);
  private static final long VERSION = 1001;

  /** Protocol 2, a long of 10 bytes, the magic number's last byte. */
  private static final byte[] BEGIN = {(byte) 0x80, 2, (byte) 0x8a, 10, 0x6c};

  private final FileChannel channel;
  private final Map<String, Long> positions;

  private StreamCheckpoint(
      Path file, StateDict dictionary, FileChannel channel, Map<String, Long> positions) {
    super(file, dictionary);
    this.channel = channel;
    this.positions = positions;
  }

  /** Whether a file begins as this format does. */
  static boolean begins(byte[] bytes) {
    return bytes.length >= BEGIN.length
        && Arrays.equals(BEGIN, 0, BEGIN.length, bytes, 0, BEGIN.length);
  }

  /**
   * Opens a file, reads its pickles and checks where its storages are.
   *
   * @throws WeightsException if it is not whole, or names anything but tensors
   */
  static StreamCheckpoint open(Path file) throws IOException {
    FileChannel channel = FileChannel.open(file);
    try {
      ByteBuffer head = head(channel);
      requireKnown(Unpickler.read(head), Unpickler.read(head), Unpickler.read(head));
      StateDict dictionary = StateDict.of(Unpickler.read(head));
      List<?> keys = Unpickler.read(head) instanceof List<?> list ? list : List.of();
      Map<String, Long> positions =
          positions(channel, head.position(), keys, bytesPerValue(dictionary));
      requireStorages(dictionary, channel, positions);
      return new StreamCheckpoint(file, dictionary, channel, positions);
    } catch (PickleException | WeightsException e) {
      channel.close();
      throw refused(file, e.getMessage());
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
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
      bytes.put(view.storage().key(), StateDict.type(view).bytes());
    }
    return bytes;
  }

  /** Where the number of values of each storage stands; its bytes follow. */
  private static Map<String, Long> positions(
      FileChannel channel, long begin, List<?> keys, Map<String, Integer> bytesPerValue)
      throws IOException {
    Map<String, Long> positions = new LinkedHashMap<>();
    long position = begin;
    for (Object key : keys) {
      Integer bytes = bytesPerValue.get(key);
      if (bytes == null) {
        throw new WeightsException(
            "it has a storage of which no tensor says what its values are; save the tensors alone");
      }
      positions.put((String) key, position);
      long count = count(channel, position);
      long end = position + Long.BYTES + count * bytes;
      if (count < 0 || count > channel.size() || end > channel.size()) {
        throw new WeightsException(
            "a storage of %,d values goes beyond its end; was it cut off?".formatted(count));
      }
      position = end;
    }
    return positions;
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

  private static void requireStorages(
      StateDict dictionary, FileChannel channel, Map<String, Long> positions) throws IOException {
    for (Map.Entry<String, PickledTensor> view : dictionary.views().entrySet()) {
      PickledStorage storage = view.getValue().storage();
      Long position = positions.get(storage.key());
      if (position == null || storage.offset() + storage.length() > count(channel, position)) {
        throw new WeightsException(
            "the values of %s are not in it".formatted(Shown.name(view.getKey())));
      }
    }
  }

  @Override
  InputStream open(PickledStorage storage, long position) throws IOException {
    long begin = positions.get(storage.key()) + Long.BYTES + position;
    return new ChannelRegion(channel, begin, channel.size() - begin);
  }

  @Override
  public String format() {
    return "PyTorch, stream";
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
