package org.genrewise.network;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * How much of one activation's gradient is too small for 16-bit floats. Zeros that the network
 * makes itself, behind a pool or a ReLU, are counted too: compare loss scales.
 *
 * @param vertex the convolution, pool or dense layer whose output it is the gradient of
 * @param zeros share of the values, from 0 to 1, that are 0 or become 0 as a 16-bit float
 * @param subnormals share of the values that are subnormal 16-bit floats: below 2^-14 (6.1e-5),
 *     kept with fewer than 11 significant bits
 */
public record GradientUnderflow(String vertex, double zeros, double subnormals) {

  /** 2^-25: half of the smallest 16-bit float, and rounded to 0. */
  private static final float LARGEST_LOST = 0x1p-25f;

  private static final float SMALLEST_NORMAL = 0x1p-14f;

  static GradientUnderflow of(String vertex, INDArray gradient) {
    long zeros = 0;
    long subnormals = 0;
    float[] values = gradient.castTo(DataType.FLOAT).dup('c').data().asFloat();
    for (float value : values) {
      float size = Math.abs(value);
      if (size <= LARGEST_LOST) {
        zeros++;
      } else if (size < SMALLEST_NORMAL) {
        subnormals++;
      }
    }
    double count = values.length;
    return new GradientUnderflow(vertex, zeros / count, subnormals / count);
  }
}
