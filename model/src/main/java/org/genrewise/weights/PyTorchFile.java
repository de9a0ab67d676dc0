package org.genrewise.weights;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Map;
import org.genrewise.weights.pickle.PickleException;
import org.genrewise.weights.pickle.PickledTensor;
import org.genrewise.weights.pickle.Shown;

/**
 * A file of torch.save: a pickle that says what the tensors are, and storages with their values.
 */
final class PyTorchFile implements TensorFile {
  private static final int LONGEST_ARRAY = Integer.MAX_VALUE - 8;

  /** Bytes of a storage in the file. */
  record Region(long begin, long length) {}

  /**
   * What is found in a file.
   *
   * @param dictionary the tensors
   * @param storages by their keys; every tensor's values lie in its storage
   */
  record Contents(StateDict dictionary, Map<String, Region> storages) {}

  /** Reads one of the two formats. */
  @FunctionalInterface
  interface Format {
    Contents read(FileChannel channel) throws IOException;
  }

  private final Path file;
  private final String format;
  private final FileChannel channel;
  private final Contents contents;
  private final Map<String, Tensor> tensors;

  private PyTorchFile(Path file, String format, FileChannel channel, Contents contents) {
    this.file = file;
    this.format = format;
    this.channel = channel;
    this.contents = contents;
    this.tensors = contents.dictionary().tensors();
  }

  /**
   * Opens a file and checks all of it but the values.
   *
   * @param name what people call the format
   * @throws WeightsException if it is not whole, or names anything but tensors
   */
  static PyTorchFile open(Path file, String name, Format format) throws IOException {
    FileChannel channel = FileChannel.open(file);
    try {
      return new PyTorchFile(file, name, channel, format.read(channel));
    } catch (PickleException | WeightsException e) {
      channel.close();
      throw new WeightsException("%s is refused: %s".formatted(file, e.getMessage()), e);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  @Override
  public String format() {
    return format;
  }

  @Override
  public Map<String, Tensor> tensors() {
    return tensors;
  }

  @Override
  public Map<String, String> metadata() {
    return Map.of();
  }

  @Override
  public void read(String name, FloatSink sink) throws IOException {
    PickledTensor view = contents.dictionary().views().get(name);
    if (view == null) {
      throw refused("it has no tensor " + Shown.name(name));
    }
    TensorType type = StateDict.type(view);
    if (!type.fitsFloat()) {
      throw refused(
          "tensor %s is %s, which 32-bit floats do not hold".formatted(Shown.name(name), type));
    }
    Region region = contents.storages().get(view.storage().key());
    long first = (view.storage().offset() + view.offset()) * type.bytes();
    InputStream bytes = new ChannelRegion(channel, region.begin + first, region.length - first);
    if (view.isContiguous()) {
      Pieces.sideBySide(bytes, type, view.count(), sink);
    } else {
      Pieces.apart(span(name, bytes, view, type), type, view.shape(), view.stride(), sink);
    }
  }

  private ByteBuffer span(String name, InputStream bytes, PickledTensor view, TensorType type)
      throws IOException {
    long length = view.span() * type.bytes();
    if (length > LONGEST_ARRAY) {
      throw refused(
          "tensor %s lies in strides over %,d bytes, more than can be held; save it contiguous"
              .formatted(Shown.name(name), length));
    }
    byte[] span = new byte[(int) length];
    if (bytes.readNBytes(span, 0, span.length) < span.length) {
      throw new EOFException("the file ended while it was read");
    }
    return ByteBuffer.wrap(span).order(ByteOrder.LITTLE_ENDIAN);
  }

  private WeightsException refused(String reason) {
    return new WeightsException("%s is refused: %s".formatted(file, reason));
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
