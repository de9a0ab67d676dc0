package org.genrewise.cqt;

import java.util.Arrays;

/** Halves the sample rate of rows with {@link LowPass#HALF_BAND}. */
final class Decimator {
  private static final LowPass FILTER = LowPass.HALF_BAND;

  /** Every second tap of a half-band filter is zero, but for the one in its centre. */
  private static final Fir SIDES = new Fir(FILTER.taps(0, 2), 1);

  private static final Fir CENTRE = new Fir(new double[] {FILTER.tap(0)}, 1);

  private Decimator() {}

  /**
   * Makes output rows, each of twice as many input rows.
   *
   * @param in input rows
   * @param centre index of the input row in the centre of the first output
   * @param out the rows to fill
   * @param outStart index of the first row to fill
   * @param outputs how many rows to fill
   * @param unused a row to write on
   * @param length values in a row
   */
  static void apply(
      float[][] in,
      int centre,
      float[][] out,
      int outStart,
      int outputs,
      float[] unused,
      int length) {
    for (int m = 0; m < outputs; m += 2) {
      float[] out0 = out[outStart + m];
      float[] out1 = m + 1 < outputs ? out[outStart + m + 1] : unused;
      Arrays.fill(out0, 0, length, 0);
      Arrays.fill(out1, 0, length, 0);
      int row = centre + 2 * m;
      SIDES.accumulate(in, row - FILTER.reach(), 2, out0, out1, length);
      CENTRE.accumulate(in, row, 2, out0, out1, length);
    }
  }
}
