package org.genrewise.weights.pickle;

import java.util.List;

/**
 * A view of a storage. All of it lies inside the storage.
 *
 * @param storage where its values are
 * @param offset of its first value in the storage
 * @param shape slowest dimension first; empty for a single value
 * @param stride steps in the storage from value to value, in each dimension
 */
public record PickledTensor(
    PickledStorage storage, long offset, List<Long> shape, List<Long> stride) {

  public PickledTensor {
    shape = List.copyOf(shape);
    stride = List.copyOf(stride);
    if (shape.size() != stride.size() || offset < 0 || offset > storage.length()) {
      throw new PickleException(
          "a tensor of shape %s has strides %s and begins at %d".formatted(shape, stride, offset));
    }
    long last = last(shape, stride);
    if (count(shape) > 0 && last >= storage.length() - offset) {
      throw new PickleException(
          "a tensor of shape %s, strides %s, from value %d does not fit into its storage of %d values"
              .formatted(shape, stride, offset, storage.length()));
    }
  }

  /** Number of values. */
  public long count() {
    return count(shape);
  }

  /** Values of the storage from the first to the last that it uses. */
  public long span() {
    return count() == 0 ? 0 : last(shape, stride) + 1;
  }

  /** Whether its values lie side by side in row-major order. */
  public boolean isContiguous() {
    long expected = 1;
    for (int i = shape.size() - 1; i >= 0; i--) {
      if (shape.get(i) != 1 && stride.get(i) != expected) {
        return false;
      }
      expected *= shape.get(i);
    }
    return true;
  }

  private static long count(List<Long> shape) {
    long count = 1;
    for (long size : shape) {
      if (size < 0) {
        throw new PickleException("a tensor has the shape " + shape);
      }
      try {
        count = Math.multiplyExact(count, size);
      } catch (ArithmeticException e) {
        throw new PickleException("a tensor of shape %s is too large".formatted(shape));
      }
    }
    return count;
  }

  private static long last(List<Long> shape, List<Long> stride) {
    long last = 0;
    for (int i = 0; i < shape.size(); i++) {
      if (stride.get(i) < 0) {
        throw new PickleException("a tensor has the strides " + stride);
      }
      try {
        long steps = Math.max(0, shape.get(i) - 1);
        last = Math.addExact(last, Math.multiplyExact(steps, stride.get(i)));
      } catch (ArithmeticException e) {
        throw new PickleException(
            "a tensor of shape %s and strides %s is too large".formatted(shape, stride));
      }
    }
    return last;
  }
}
