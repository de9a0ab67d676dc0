package org.genrewise.weights;

import java.util.List;

/**
 * What a file says of a tensor.
 *
 * @param type of its values
 * @param shape slowest dimension first; empty for a single value
 */
public record Tensor(TensorType type, List<Long> shape) {

  public Tensor {
    shape = List.copyOf(shape);
  }

  /**
   * Number of values.
   *
   * @throws ArithmeticException if no file could hold so many
   */
  public long count() {
    return shape.stream().reduce(1L, Math::multiplyExact);
  }

  @Override
  public String toString() {
    return type + " " + shape;
  }
}
