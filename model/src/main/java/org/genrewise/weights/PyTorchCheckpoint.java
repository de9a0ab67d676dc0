package org.genrewise.weights;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Map;
import org.genrewise.weights.pickle.PickledStorage;
import org.genrewise.weights.pickle.PickledTensor;
import org.genrewise.weights.pickle.Shown;

/** What the two formats of torch.save have in common: a pickle of views, and storages beside it. */
abstract class PyTorchCheckpoint implements TensorFile {
  private static final int LONGEST_ARRAY = Integer.MAX_VALUE - 8;

  private final Path file;
  private final StateDict dictionary;

  PyTorchCheckpoint(Path file, StateDict dictionary) {
    this.file = file;
    this.dictionary = dictionary;
  }

  /**
   * The bytes of a storage from a position on.
   *
   * @param position in bytes, from the beginning of the whole storage
   */
  abstract InputStream open(PickledStorage storage, long position) throws IOException;

  @Override
  public final Map<String, Tensor> tensors() {
    return dictionary.tensors();
  }

  @Override
  public final Map<String, String> metadata() {
    return Map.of();
  }

  @Override
  public final void read(String name, FloatSink sink) throws IOException {
    PickledTensor view = view(name);
    TensorType type = StateDict.type(view);
    if (!type.fitsFloat()) {
      throw refused(
          "tensor %s is %s, which 32-bit floats do not hold".formatted(Shown.name(name), type));
    }
    long first = (view.storage().offset() + view.offset()) * type.bytes();
    try (InputStream bytes = open(view.storage(), first)) {
      if (view.isContiguous()) {
        Pieces.sideBySide(bytes, type, view.count(), sink);
      } else {
        Pieces.apart(span(name, bytes, view, type), type, view.shape(), view.stride(), sink);
      }
    }
  }

  private PickledTensor view(String name) {
    try {
      return dictionary.view(name);
    } catch (WeightsException e) {
      throw refused(e.getMessage());
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
    byte[] span = bytes.readNBytes((int) length);
    if (span.length < length) {
      throw refused("it ended while " + Shown.name(name) + " was read");
    }
    return ByteBuffer.wrap(span).order(ByteOrder.LITTLE_ENDIAN);
  }

  final WeightsException refused(String reason) {
    return refused(file, reason);
  }

  static WeightsException refused(Path file, String reason) {
    return new WeightsException("%s is refused: %s".formatted(file, reason));
  }
}
