package org.genrewise.cqt;

import java.util.Arrays;

/** Low-pass filters for halving the sample rate: odd, linear-phase, under a Kaiser window. */
final class LowPass {

  /**
   * The resampler of librosa (soxr, high quality) to a part in 100,000. The shape of its edge
   * decides how well the transform agrees with librosa's, because the sparse filters see a little
   * of everything below the Nyquist frequency: shorter filters, and those that are 6 dB down at the
   * new Nyquist frequency, are clearly different.
   */
  static final LowPass RESAMPLER = new LowPass(kaiser(359, 11, 0.4784));

  /**
   * Keeps the lower half of the new band clean, to 1e-6. That is all that lower octaves hear, since
   * each of them is behind another {@link #RESAMPLER}.
   */
  static final LowPass HALF_BAND = new LowPass(kaiser(37, 13, 0.5));

  private final double[] taps;
  private final float[] weights;

  private LowPass(double[] taps) {
    this.taps = taps;
    this.weights = new float[taps.length];
    for (int k = 0; k < taps.length; k++) {
      weights[k] = (float) taps[k];
    }
  }

  private static double[] kaiser(int count, double beta, double cutoff) {
    int reach = count / 2;
    double[] taps = new double[count];
    double sum = 0;
    for (int k = 0; k < count; k++) {
      double x = k - reach;
      double ideal = x == 0 ? cutoff : Math.sin(Math.PI * cutoff * x) / (Math.PI * x);
      double position = x / reach;
      taps[k] = ideal * besselI0(beta * Math.sqrt(1 - position * position));
      sum += taps[k];
    }
    for (int k = 0; k < count; k++) {
      // Each halving multiplies by the root of two, so that the energy stays.
      taps[k] *= Math.sqrt(2) / sum;
    }
    return taps;
  }

  /** The same filter without what is further from its centre. */
  LowPass shortened(int reach) {
    return new LowPass(Arrays.copyOfRange(taps, reach() - reach, reach() + reach + 1));
  }

  /** Samples before and after the centre that an output depends on. */
  int reach() {
    return taps.length / 2;
  }

  /** The weight of a sample at this distance from the centre. */
  double tap(int distance) {
    return Math.abs(distance) <= reach() ? taps[distance + reach()] : 0;
  }

  /** The weights of every {@code step}th sample, from {@code first} after the first one on. */
  double[] taps(int first, int step) {
    double[] some = new double[(taps.length - first + step - 1) / step];
    for (int k = 0; k < some.length; k++) {
      some[k] = taps[first + k * step];
    }
    return some;
  }

  /** The filtered signal at one place; beyond its ends the signal is zero. */
  float apply(float[] signal, long centre) {
    int first = (int) (centre - reach());
    int from = Math.max(0, -first);
    int to = Math.min(weights.length, signal.length - first);
    float sum0 = 0;
    float sum1 = 0;
    float sum2 = 0;
    float sum3 = 0;
    int k = from;
    for (; k + 3 < to; k += 4) {
      sum0 = Math.fma(weights[k], signal[first + k], sum0);
      sum1 = Math.fma(weights[k + 1], signal[first + k + 1], sum1);
      sum2 = Math.fma(weights[k + 2], signal[first + k + 2], sum2);
      sum3 = Math.fma(weights[k + 3], signal[first + k + 3], sum3);
    }
    for (; k < to; k++) {
      sum0 = Math.fma(weights[k], signal[first + k], sum0);
    }
    return sum0 + sum1 + (sum2 + sum3);
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
