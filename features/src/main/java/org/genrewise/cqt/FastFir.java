package org.genrewise.cqt;

import java.util.Arrays;

/**
 * A finite impulse response filter on rows: output row {@code m} is the sum over {@code k} of
 * {@code taps[k]} times input row {@code m + k}.
 *
 * <p>Each level of the recursion turns two filters' worth of work into three filters of half the
 * length at half the rate, which saves a quarter of the multiplications (the 2-parallel fast FIR
 * algorithm; Parhi, "VLSI Digital Signal Processing Systems", chapter 9). With even and odd rows
 * X0, X1 and taps h0, h1 and S the next row:
 *
 * <pre>
 *   Y0 = h0 (X0 - X1)   + (h0 + h1) X1
 *   Y1 = h1 (S X0 - X1) + (h0 + h1) X1
 * </pre>
 */
final class FastFir {
  private static final int OUTPUTS = 2;
  private static final int INPUTS = 3;

  private final int taps;

  /** Of a leaf: for each three inputs, what they add to two neighbouring outputs. */
  private final float[] matrices;

  private final FastFir even;
  private final FastFir odd;
  private final FastFir both;

  private FastFir(double[] taps, int depth) {
    this.taps = taps.length;
    if (depth == 0) {
      matrices = matrices(taps);
      even = null;
      odd = null;
      both = null;
      return;
    }
    int half = taps.length / 2;
    double[] h0 = new double[half];
    double[] h1 = new double[half];
    double[] sum = new double[half];
    for (int k = 0; k < half; k++) {
      h0[k] = taps[2 * k];
      h1[k] = taps[2 * k + 1];
      sum[k] = h0[k] + h1[k];
    }
    matrices = null;
    even = new FastFir(h0, depth - 1);
    odd = new FastFir(h1, depth - 1);
    both = new FastFir(sum, depth - 1);
  }

  /** A filter whose number of taps is {@link #paddedTaps} of its depth. */
  static FastFir of(double[] taps, int depth) {
    if (taps.length != paddedTaps(taps.length, depth)) {
      throw new IllegalArgumentException(taps.length + " taps do not fit depth " + depth);
    }
    return new FastFir(taps, depth);
  }

  /** The next number of taps that a recursion of this depth divides without remainder. */
  static int paddedTaps(int taps, int depth) {
    int leaf = (taps + (1 << depth) - 1) >> depth;
    // Two neighbouring outputs of a leaf see one input more than it has taps.
    while ((leaf + 1) % INPUTS != 0) {
      leaf++;
    }
    return leaf << depth;
  }

  /** Rows for intermediate results, shared by all filters that make at most so many outputs. */
  static final class Scratch {
    private final float[][] differences;
    private final float[][] products;
    private final float[] unused;
    private final Scratch next;

    Scratch(int outputs, int taps, int depth, int length) {
      unused = new float[length];
      int half = depth == 0 ? 0 : outputs / 2;
      differences = new float[depth == 0 ? 0 : half + taps / 2 - 1][length];
      products = new float[half][length];
      next = depth == 0 ? null : new Scratch(half, taps / 2, depth - 1, length);
    }
  }

  /**
   * Adds the filtered rows to the output rows.
   *
   * @param in input rows, of which every {@code inStep}th from {@code inStart} on is meant
   * @param out output rows, of which every {@code outStep}th from {@code outStart} on is meant
   * @param outputs how many output rows to make
   * @param length values in a row
   */
  void accumulate(
      float[][] in,
      int inStart,
      int inStep,
      float[][] out,
      int outStart,
      int outStep,
      int outputs,
      Scratch scratch,
      int length) {
    if (matrices != null) {
      accumulateDirectly(in, inStart, inStep, out, outStart, outStep, outputs, scratch, length);
      return;
    }
    int half = outputs / 2;
    float[][] differences = scratch.differences;
    int needed = half + taps / 2 - 1;
    for (int q = 0; q < needed; q++) {
      int row = inStart + 2 * q * inStep;
      Rows.subtract(differences[q], in[row], in[row + inStep], length);
    }
    even.accumulate(differences, 0, 1, out, outStart, 2 * outStep, half, scratch.next, length);
    for (int q = 0; q < needed; q++) {
      int row = inStart + (2 * q + 1) * inStep;
      Rows.subtract(differences[q], in[row + inStep], in[row], length);
    }
    odd.accumulate(
        differences, 0, 1, out, outStart + outStep, 2 * outStep, half, scratch.next, length);
    float[][] products = scratch.products;
    for (int q = 0; q < half; q++) {
      Arrays.fill(products[q], 0, length, 0);
    }
    both.accumulate(in, inStart + inStep, 2 * inStep, products, 0, 1, half, scratch.next, length);
    for (int q = 0; q < half; q++) {
      int row = outStart + 2 * q * outStep;
      Rows.addToBoth(out[row], out[row + outStep], products[q], length);
    }
  }

  private void accumulateDirectly(
      float[][] in,
      int inStart,
      int inStep,
      float[][] out,
      int outStart,
      int outStep,
      int outputs,
      Scratch scratch,
      int length) {
    int lastRow = outputs + taps - 2;
    for (int m = 0; m < outputs; m += OUTPUTS) {
      float[] out0 = out[outStart + m * outStep];
      float[] out1 = m + 1 < outputs ? out[outStart + (m + 1) * outStep] : scratch.unused;
      for (int k = 0; k <= taps; k += INPUTS) {
        // Where the number of outputs is odd, the last input would only serve the unused one.
        int last = Math.min(m + k + 2, lastRow);
        Rows.accumulate(
            out0,
            out1,
            in[inStart + (m + k) * inStep],
            in[inStart + (m + k + 1) * inStep],
            in[inStart + last * inStep],
            matrices,
            k * OUTPUTS,
            length);
      }
    }
  }

  private static float[] matrices(double[] taps) {
    float[] matrices = new float[(taps.length + 1) * OUTPUTS];
    for (int k = 0; k <= taps.length; k++) {
      int matrix = k / INPUTS * INPUTS * OUTPUTS;
      int column = k % INPUTS;
      matrices[matrix + column] = k < taps.length ? (float) taps[k] : 0;
      matrices[matrix + INPUTS + column] = k > 0 ? (float) taps[k - 1] : 0;
    }
    return matrices;
  }
}
