package org.genrewise.cqt;

/** Halves the sample rate of rows with {@link LowPass#HALF_BAND}. */
final class Decimator {
  private static final LowPass FILTER = LowPass.HALF_BAND;

  /** Every second tap of a half-band filter is zero, but for the one in its centre. */
  private static final int FIRST_SIDE = 1 - FILTER.reach() % 2;

  private static final Fir SIDES = new Fir(FILTER.taps(FIRST_SIDE, 2), 1);

  private static final float CENTRE = (float) FILTER.tap(0);

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
      int row = centre + 2 * m;
      Rows.scale(out0, CENTRE, in[row], length);
      Rows.scale(out1, CENTRE, in[m + 1 < outputs ? row + 2 : row], length);
      SIDES.accumulate(in, row - FILTER.reach() + FIRST_SIDE, 2, out0, out1, length);
    }
  }
}
