package org.genrewise.cqt;

/**
 * A finite impulse response filter on rows: output row {@code m} is the sum over {@code k} of
 * {@code taps[k]} times input row {@code m * shift + k}.
 */
final class Fir {
  private static final int INPUTS = Rows.INPUTS;

  private final int shift;
  private final int lastInput;

  /** For each four inputs, what they add to two neighbouring outputs. */
  private final float[] matrices;

  /**
   * @param shift input rows by which neighbouring outputs are apart
   */
  Fir(double[] taps, int shift) {
    this.shift = shift;
    this.lastInput = taps.length + shift - 1;
    int padded = (lastInput + INPUTS) / INPUTS * INPUTS;
    this.matrices = new float[2 * padded];
    for (int k = 0; k < padded; k++) {
      int matrix = k / INPUTS * 2 * INPUTS + k % INPUTS;
      matrices[matrix] = k < taps.length ? (float) taps[k] : 0;
      matrices[matrix + INPUTS] = k >= shift && k <= lastInput ? (float) taps[k - shift] : 0;
    }
  }

  /** How many input rows two outputs depend on. */
  int inputs() {
    return lastInput + 1;
  }

  /**
   * Adds the filtered rows to two output rows.
   *
   * @param in input rows, of which every {@code step}th from {@code first} on is meant
   * @param length values in a row
   */
  void accumulate(float[][] in, int first, int step, float[] out0, float[] out1, int length) {
    for (int k = 0; k <= lastInput; k += INPUTS) {
      // What is read past the end meets a zero.
      Rows.accumulate(
          out0,
          out1,
          in[first + k * step],
          in[first + Math.min(k + 1, lastInput) * step],
          in[first + Math.min(k + 2, lastInput) * step],
          in[first + Math.min(k + 3, lastInput) * step],
          matrices,
          2 * k,
          length);
    }
  }
}
