package org.genrewise.weights;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Tensors by name in a file that is not trusted. What a file says of itself is checked before it is
 * believed, nothing in it is ever run, and values are read when they are asked for, a piece at a
 * time: the file may be larger than memory.
 */
public interface TensorFile extends FloatSource, AutoCloseable {

  /** What people call the format. */
  String format();

  /** All tensors by name, in the order of the file. */
  Map<String, Tensor> tensors();

  /** What the file says of its tensors together; empty in formats that have no place for it. */
  Map<String, String> metadata();

  /**
   * Hands all values of a tensor to the sink, widened to 32-bit floats, in row-major order.
   *
   * @throws WeightsException if there is no such tensor, a float does not hold its type, or its
   *     values are damaged
   */
  @Override
  void read(String name, FloatSink sink) throws IOException;

  /**
   * All values of a tensor.
   *
   * @throws WeightsException as {@link #read}, or if they are more than an array can take
   */
  default float[] floats(String name) throws IOException {
    Tensor tensor = tensors().get(name);
    if (tensor != null && tensor.count() > Integer.MAX_VALUE - 8) {
      throw new WeightsException(
          "tensor %s has %,d values, more than an array can take".formatted(name, tensor.count()));
    }
    float[] all = new float[tensor == null ? 0 : (int) tensor.count()];
    int[] done = {0};
    read(
        name,
        (values, count) -> {
          System.arraycopy(values, 0, all, done[0], count);
          done[0] += count;
        });
    return all;
  }

  @Override
  void close() throws IOException;

  /**
   * Opens a file of any of the formats: torch.save's zip archive, its older stream, safetensors.
   * The first bytes decide, not the name.
   *
   * @throws WeightsException if it is none of them, not whole, or names anything but tensors
   */
  static TensorFile open(Path file) throws IOException {
    byte[] begin;
    try (InputStream stream = Files.newInputStream(file)) {
      begin = stream.readNBytes(Long.BYTES + 1);
    }
    // the length that a safetensors file begins with can look like a pickle's first bytes
    if (SafetensorsFile.begins(begin)) {
      return SafetensorsFile.open(file);
    }
    if (ZipCheckpoint.begins(begin)) {
      return PyTorchFile.open(file, "PyTorch, zip", ZipCheckpoint::read);
    }
    if (StreamCheckpoint.begins(begin)) {
      return PyTorchFile.open(file, "PyTorch, stream", StreamCheckpoint::read);
    }
    throw new WeightsException(
        "%s is refused: it begins neither as the files of torch.save do nor as safetensors"
            .formatted(file));
  }
}
