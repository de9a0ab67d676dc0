package org.genrewise.network;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * By BLAS: ND4J's own norm sums in a float, which a million values and large ones are too much for.
 */
final class BlasNorm implements EuclideanNorm {
  private double squares;

  @Override
  public void add(INDArray part) {
    double norm = Nd4j.getBlasWrapper().level1().nrm2(part);
    squares += norm * norm;
  }

  @Override
  public double value() {
    return Math.sqrt(squares);
  }
}
