package org.genrewise.cqt;

import java.util.Arrays;

/**
 * Halves the sample rate as the resampler of librosa (soxr, high quality) does: a linear-phase
 * low-pass of 359 taps under a Kaiser window, times the square root of two, and every second
 * sample. The shape of its edge decides how well the transform agrees with librosa's, because the
 * sparse filters see a little of everything below the Nyquist frequency; shorter filters, and those
 * that are 6 dB down at the new Nyquist frequency, are audibly different.
 */
final class Decimator {
  private static final int TAPS = 359;
  private static final double KAISER_BETA = 11;

  /** Where the response is 6 dB down, relative to the Nyquist frequency of the input. */
  private static final double CUTOFF = 0.4784;

  /** Samples before and after the centre that an output depends on. */
  static final int REACH = TAPS / 2;

  private final int outputs;
  private final int paddedTaps;
  private final int depth;
  private final FastFir even;
  private final FastFir odd;

  /**
   * @param outputs rows that it makes of twice as many
   */
  Decimator(int outputs) {
    this.outputs = outputs;
    this.depth = depth(outputs);
    this.paddedTaps = FastFir.paddedTaps((TAPS + 1) / 2, depth);
    double[] taps = taps();
    double[] evenTaps = new double[paddedTaps];
    double[] oddTaps = new double[paddedTaps];
    int padding = padding();
    for (int k = 0; k < TAPS; k++) {
      ((k + padding) % 2 == 0 ? evenTaps : oddTaps)[(k + padding) / 2] = taps[k];
    }
    this.even = FastFir.of(evenTaps, depth);
    this.odd = FastFir.of(oddTaps, depth);
  }

  /** Rows before the first tap's that are read too, with a weight of zero. */
  int padding() {
    return 2 * paddedTaps - TAPS;
  }

  FastFir.Scratch scratch(int length) {
    return new FastFir.Scratch(outputs, paddedTaps, depth, length);
  }

  /**
   * Makes output rows.
   *
   * @param in input rows
   * @param first index of the input row that the first tap of the first output meets
   * @param out the rows to fill
   * @param outStart index of the first row to fill
   * @param scratch from {@link #scratch}
   * @param length values in a row
   */
  void apply(
      float[][] in, int first, float[][] out, int outStart, FastFir.Scratch scratch, int length) {
    for (int m = 0; m < outputs; m++) {
      Arrays.fill(out[outStart + m], 0, length, 0);
    }
    int start = first - padding();
    even.accumulate(in, start, 2, out, outStart, 1, outputs, scratch, length);
    odd.accumulate(in, start + 1, 2, out, outStart, 1, outputs, scratch, length);
  }

  /** Halving the filters pays as long as enough outputs share the sums. */
  private static int depth(int outputs) {
    int most = outputs >= 64 ? 3 : outputs >= 32 ? 2 : outputs >= 16 ? 1 : 0;
    return Math.min(most, Integer.numberOfTrailingZeros(outputs));
  }

  static double[] taps() {
    double[] taps = new double[TAPS];
    double sum = 0;
    for (int k = 0; k < TAPS; k++) {
      double x = k - REACH;
      double ideal = x == 0 ? CUTOFF : Math.sin(Math.PI * CUTOFF * x) / (Math.PI * x);
      double position = x / REACH;
      taps[k] = ideal * besselI0(KAISER_BETA * Math.sqrt(1 - position * position));
      sum += taps[k];
    }
    for (int k = 0; k < TAPS; k++) {
      taps[k] *= Math.sqrt(2) / sum;
    }
    return taps;
  }

  /** Modified Bessel function of the first kind and order zero, by its power series. */
  private static double besselI0(double x) {
    double term = 1;
    double sum = 1;
    for (int k = 1; term > sum * 1e-17; k++) {
      double factor = x / (2 * k);
      term *= factor * factor;
      sum += term;
    }
    return sum;
  }
}
