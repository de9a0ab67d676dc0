package org.genrewise.audio;

/**
 * Linear-phase low-pass filter for sample rate conversion: a sinc under a Kaiser window, as a
 * continuous function of time. Flat to 0.913 of the lower Nyquist frequency and 106 dB down from
 * that frequency on, as soxr's high quality is.
 *
 * <p>J. F. Kaiser, R. W. Schafer: On the use of the I0-sinh window for spectrum analysis, IEEE
 * Transactions on Acoustics, Speech, and Signal Processing 28 (1), 1980.
 */
final class KaiserLowPass {
  private static final double STOPBAND_DECIBELS = 106;
  private static final double PASSBAND_END = 0.913;
  private static final double BETA = 0.1102 * (STOPBAND_DECIBELS - 8.7);

  private final double cutoff;
  private final int taps;

  /** For input at one rate and output at another, in hertz. */
  KaiserLowPass(int inputRate, int outputRate) {
    double nyquist = Math.min(1.0, (double) outputRate / inputRate) / 2;
    double transition = (1 - PASSBAND_END) * nyquist;
    this.cutoff = nyquist - transition / 2;
    int least = (int) Math.ceil((STOPBAND_DECIBELS - 7.95) / (14.36 * transition)) + 1;
    this.taps = (least + 3) / 4 * 4;
  }

  /** How many input samples an output sample is made of; a multiple of 4. */
  int taps() {
    return taps;
  }

  /**
   * The weights of the input samples around an output sample, their sum exactly 1 but for rounding.
   *
   * @param fraction how far the output sample lies after the input sample before it, 0 to 1. That
   *     input sample has index taps / 2 - 1.
   */
  float[] weights(double fraction) {
    double[] exact = new double[taps];
    double sum = 0;
    for (int tap = 0; tap < taps; tap++) {
      exact[tap] = at(tap - (taps / 2 - 1) - fraction);
      sum += exact[tap];
    }
    float[] weights = new float[taps];
    for (int tap = 0; tap < taps; tap++) {
      weights[tap] = (float) (exact[tap] / sum);
    }
    return weights;
  }

  private double at(double time) {
    double edge = 2 * time / taps;
    if (Math.abs(edge) >= 1) {
      return 0;
    }
    double angle = 2 * Math.PI * cutoff * time;
    double sinc = Math.abs(angle) < 1e-9 ? 1 : Math.sin(angle) / angle;
    return sinc * bessel(BETA * Math.sqrt(1 - edge * edge));
  }

  /** The modified Bessel function of the first kind and order 0, by its power series. */
  private static double bessel(double x) {
    double term = 1;
    double sum = 1;
    for (int k = 1; term > 1e-17 * sum; k++) {
      term *= x / (2 * k) * (x / (2 * k));
      sum += term;
    }
    return sum;
  }
}
