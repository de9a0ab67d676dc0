package org.genrewise.cqt;

/**
 * One part of a {@link Kernel}, cosine or sine, convolved with the resampler: what it answers to
 * samples of twice its rate. The samples at the beginning that do not mirror the end are left out.
 *
 * <p>Where a kernel is cut off at the ends of its frame, the resampler rings for long. A single
 * sample just beyond the end rings almost alike. So a few of those are taken away, as much as makes
 * the ringing die out soon; whoever uses the filter adds them again, really resampled.
 */
final class ResampledFilter {
  private static final LowPass RESAMPLER = LowPass.RESAMPLER;

  /** What really resamples: as little of the resampler as the weak samples at the edges need. */
  static final LowPass EDGE = RESAMPLER.shortened(134);

  private final int frame;
  private final int parity;

  /** 1 if the filter is even, -1 if it is odd. */
  private final int sign;

  private final double[] filter;
  private final double[] corrections;

  /**
   * @param sign 1 if the filter is even about its centre, -1 if it is odd
   * @param count how many samples beyond either end to take away, from 0 to 2
   * @param tail samples beyond the frame, at the doubled rate, after which the ringing is to be
   *     weak
   */
  ResampledFilter(double[] filter, int parity, int sign, int count, int tail) {
    this.frame = filter.length;
    this.parity = parity;
    this.sign = sign;
    this.filter = filter;
    this.corrections = new double[count];
    if (count > 0) {
      correct(tail);
    }
  }

  /** The weight of a sample, relative to the centre of the frame. */
  double at(int sample) {
    double sum = response(sample);
    for (int j = 0; j < corrections.length; j++) {
      sum -= corrections[j] * beyond(j, sample);
    }
    return sum;
  }

  /**
   * How much of a sample beyond the end was taken away, and of its mirror image, with the sign of
   * the filter.
   *
   * @param j how far beyond the end, from 0
   */
  double correction(int j) {
    return j < corrections.length ? corrections[j] : 0;
  }

  private double response(int sample) {
    int half = frame / 2;
    int first = Math.max(parity + 1, half + Math.floorDiv(sample - RESAMPLER.reach(), 2));
    int last = Math.min(frame - 1, half + Math.floorDiv(sample + RESAMPLER.reach(), 2));
    double sum = 0;
    for (int n = first; n <= last; n++) {
      sum += filter[n] * RESAMPLER.tap(sample - 2 * (n - half));
    }
    return sum;
  }

  /** The weight that a sample has in the one beyond the end and in its mirror image. */
  private double beyond(int j, int sample) {
    int half = frame / 2;
    return EDGE.tap(sample - 2 * (parity - j - half))
        + sign * EDGE.tap(sample - 2 * (frame + j - half));
  }

  /** Least squares of what is left of the ringing. */
  private void correct(int tail) {
    double[][] squares = new double[2][2];
    double[] products = new double[2];
    for (int p = frame + tail; p <= frame + RESAMPLER.reach(); p++) {
      int sample = parity - p;
      double ringing = response(sample);
      double[] shapes = {beyond(0, sample), beyond(1, sample)};
      for (int i = 0; i < 2; i++) {
        products[i] += shapes[i] * ringing;
        for (int j = 0; j < 2; j++) {
          squares[i][j] += shapes[i] * shapes[j];
        }
      }
    }
    if (corrections.length == 2) {
      double determinant = squares[0][0] * squares[1][1] - squares[0][1] * squares[1][0];
      corrections[1] = (squares[0][0] * products[1] - squares[1][0] * products[0]) / determinant;
      products[0] -= corrections[1] * squares[0][1];
    }
    corrections[0] = products[0] / squares[0][0];
  }
}
