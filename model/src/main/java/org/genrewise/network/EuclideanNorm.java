package org.genrewise.network;

import org.nd4j.linalg.api.ndarray.INDArray;

/** The L2 norm of a vector that comes in parts. */
public interface EuclideanNorm {

  /**
   * Adds a part.
   *
   * @param part FLOAT, of rank 1, without gaps
   */
  void add(INDArray part);

  /** The norm; infinite or NaN where any value is. On a GPU this waits for it. */
  double value();
}
