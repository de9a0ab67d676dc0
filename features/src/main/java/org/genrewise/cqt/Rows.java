package org.genrewise.cqt;

/**
 * Arithmetic on rows of equal length. A row holds one value a frame, so all loops run over
 * neighbouring values and HotSpot makes vector instructions of them. It does so only where loop
 * bodies are short, arrays are indexed alike, and no value meets two operations that look the same.
 */
final class Rows {
  /** Input rows that {@link #accumulate} takes together. */
  static final int INPUTS = 4;

  private Rows() {}

  /**
   * Adds a 2 x 4 matrix times four input rows to two output rows.
   *
   * @param matrix holds the eight numbers, row-major, from {@code offset} on
   */
  static void accumulate(
      float[] out0,
      float[] out1,
      float[] in0,
      float[] in1,
      float[] in2,
      float[] in3,
      float[] matrix,
      int offset,
      int length) {
    float a0 = matrix[offset];
    float a1 = matrix[offset + 1];
    float a2 = matrix[offset + 2];
    float a3 = matrix[offset + 3];
    float b0 = matrix[offset + 4];
    float b1 = matrix[offset + 5];
    float b2 = matrix[offset + 6];
    float b3 = matrix[offset + 7];
    for (int t = 0; t < length; t++) {
      float x0 = in0[t];
      float x1 = in1[t];
      float x2 = in2[t];
      float x3 = in3[t];
      // The factors stand the other way round in the second line, or HotSpot would mistake one
      // line's operations for the other's and not vectorise: five times slower.
      out0[t] = Math.fma(a0, x0, Math.fma(a1, x1, Math.fma(a2, x2, Math.fma(a3, x3, out0[t]))));
      out1[t] = Math.fma(x0, b0, Math.fma(x1, b1, Math.fma(x2, b2, Math.fma(x3, b3, out1[t]))));
    }
  }

  /** {@code out = factor * in}. */
  static void scale(float[] out, float factor, float[] in, int length) {
    for (int t = 0; t < length; t++) {
      out[t] = factor * in[t];
    }
  }

  /** {@code sum = a + b} and {@code difference = a - b}. */
  static void fold(float[] sum, float[] difference, float[] a, float[] b, int length) {
    for (int t = 0; t < length; t++) {
      sum[t] = a[t] + b[t];
      difference[t] = a[t] - b[t];
    }
  }

  /** {@link #fold} twice, which takes less time than two calls. */
  static void foldTwo(
      float[] sum0,
      float[] difference0,
      float[] a0,
      float[] b0,
      float[] sum1,
      float[] difference1,
      float[] a1,
      float[] b1,
      int length) {
    for (int t = 0; t < length; t++) {
      float x0 = a0[t];
      float y0 = b0[t];
      float x1 = a1[t];
      float y1 = b1[t];
      sum0[t] = x0 + y0;
      difference0[t] = x0 - y0;
      // The other way round for the same reason as above.
      sum1[t] = y1 + x1;
      difference1[t] = x1 - y1;
    }
  }

  /** Replaces {@code real} by the magnitude of {@code real + j imaginary}. */
  static void magnitude(float[] real, float[] imaginary, int length) {
    for (int t = 0; t < length; t++) {
      real[t] = (float) Math.sqrt(Math.fma(real[t], real[t], imaginary[t] * imaginary[t]));
    }
  }
}
