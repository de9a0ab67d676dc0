package org.genrewise.network;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * A 32-bit window that moves over the rows (slices along the first dimension) of an array of 16-bit
 * floats. Its memory comes from the current workspace.
 */
final class FloatWindow {

  private final INDArray array;
  private final INDArray memory;

  /**
   * @param array in order 'c', without gaps
   * @param rows most rows at a time
   */
  FloatWindow(INDArray array, long rows) {
    this.array = array;
    long height = Math.min(rows, array.size(0));
    this.memory =
        Nd4j.createUninitialized(DataType.FLOAT, height * (array.length() / array.size(0)));
  }

  /** The rows from {@code from} to before {@code to}, widened. */
  INDArray read(long from, long to) {
    return blank(from, to).assign(rows(array, from, to));
  }

  /** As {@link #read}, with values of no meaning. */
  INDArray blank(long from, long to) {
    long[] shape = array.shape().clone();
    shape[0] = to - from;
    long length = shape[0] * (array.length() / array.size(0));
    return memory.get(NDArrayIndex.interval(0, length)).reshape('c', shape);
  }

  /** Rounds what stands in the window into these rows. */
  void write(long from, long to) {
    rows(array, from, to).assign(blank(from, to));
  }

  /**
   * The rows of an array in order 'c' without gaps, as a view. Taken from the flat array: ND4J M2.1
   * gives an empty one for rows far down a large array that is itself a view.
   */
  static INDArray rows(INDArray array, long from, long to) {
    if (to - from == array.size(0)) {
      return array;
    }
    long[] shape = array.shape().clone();
    shape[0] = to - from;
    long length = array.length() / array.size(0);
    return array
        .reshape('c', new long[] {array.length()})
        .get(NDArrayIndex.interval(from * length, to * length))
        .reshape('c', shape);
  }
}
