package org.genrewise.cqt;

/**
 * Arithmetic on rows of equal length. A row holds one value a frame, so all loops run over
 * neighbouring values, and HotSpot makes vector instructions of them. It does so only for short
 * loop bodies in which every array is indexed alike; that gives these methods their shape.
 */
final class Rows {
  private Rows() {}

  /** Adds a 2 x 3 matrix times three input rows to two output rows. */
  static void accumulate(
      float[] out0,
      float[] out1,
      float[] in0,
      float[] in1,
      float[] in2,
      float[] matrix,
      int offset,
      int length) {
    float a0 = matrix[offset];
    float a1 = matrix[offset + 1];
    float a2 = matrix[offset + 2];
    float b0 = matrix[offset + 3];
    float b1 = matrix[offset + 4];
    float b2 = matrix[offset + 5];
    for (int t = 0; t < length; t++) {
      float x0 = in0[t];
      float x1 = in1[t];
      float x2 = in2[t];
      out0[t] = Math.fma(a0, x0, Math.fma(a1, x1, Math.fma(a2, x2, out0[t])));
      out1[t] = Math.fma(b0, x0, Math.fma(b1, x1, Math.fma(b2, x2, out1[t])));
    }
  }

  /** {@code difference = a - b}. */
  static void subtract(float[] difference, float[] a, float[] b, int length) {
    for (int t = 0; t < length; t++) {
      difference[t] = a[t] - b[t];
    }
  }

  /** Adds {@code term} to both sums. */
  static void addToBoth(float[] sum0, float[] sum1, float[] term, int length) {
    for (int t = 0; t < length; t++) {
      sum0[t] += term[t];
      sum1[t] += term[t];
    }
  }

  /** {@code sum = a + b} and {@code difference = a - b}. */
  static void fold(float[] sum, float[] difference, float[] a, float[] b, int length) {
    for (int t = 0; t < length; t++) {
      sum[t] = a[t] + b[t];
      difference[t] = a[t] - b[t];
    }
  }

  /** Replaces {@code real} by the magnitude of {@code real + j imaginary}. */
  static void magnitude(float[] real, float[] imaginary, int length) {
    for (int t = 0; t < length; t++) {
      real[t] = (float) Math.sqrt(Math.fma(real[t], real[t], imaginary[t] * imaginary[t]));
    }
  }
}
