package org.genrewise.cqt;

import java.util.Arrays;
import org.jtransforms.fft.DoubleFFT_1D;
import org.jtransforms.utils.CommonUtils;

/**
 * One filter of the transform, as the response of a frame of samples: the magnitude of the sum of
 * {@code (cosine[n] + j sine[n]) * sample[n]}.
 *
 * <p>It is made in the frequency domain: a Hann-windowed complex exponential is transformed, and
 * the weakest hundredth of its spectrum is dropped (Brown and Puckette, "An efficient algorithm for
 * the calculation of a constant Q transform", 1992). Brought back to the time domain it is
 * symmetric but for a constant phase, which a magnitude does not show: the phase is turned so that
 * the cosine part is even and the sine part odd about the centre.
 *
 * @param parity 0 if sample {@code n} mirrors sample {@code -n}, 1 if it mirrors {@code 1 - n},
 *     both modulo the frame
 */
record Kernel(int parity, double[] cosine, double[] sine) {
  private static final double SPARSITY = 0.01;

  static {
    // Above these lengths JTransforms would start threads that keep the process alive for a minute.
    CommonUtils.setThreadsBeginN_1D_FFT_2Threads(Long.MAX_VALUE);
    CommonUtils.setThreadsBeginN_1D_FFT_4Threads(Long.MAX_VALUE);
  }

  /**
   * @param length of the filter in samples, not whole
   * @param frequency in cycles a sample
   * @param frame samples in a frame, a power of two
   * @param scale what the magnitude is multiplied with
   */
  static Kernel of(double length, double frequency, int frame, double scale) {
    int begin = (int) Math.floor(-length / 2);
    int whole = (int) Math.floor(length / 2) - begin;
    int lead = (frame - whole) / 2;
    double[] spectrum = spectrum(begin, whole, lead, frequency, frame);
    sparsify(spectrum, frame / 2 + 1);
    return inTime(spectrum, 2 * lead + whole, frame, scale * length / frame);
  }

  /** Complex spectrum, real and imaginary parts in turn. */
  private static double[] spectrum(int begin, int whole, int lead, double frequency, int frame) {
    double[] values = new double[2 * frame];
    double sum = 0;
    for (int i = 0; i < whole; i++) {
      double window = 0.5 - 0.5 * Math.cos(2 * Math.PI * i / whole);
      double phase = 2 * Math.PI * frequency * (begin + i);
      values[2 * (lead + i)] = window * Math.cos(phase);
      values[2 * (lead + i) + 1] = window * Math.sin(phase);
      sum += window;
    }
    for (int i = 0; i < values.length; i++) {
      values[i] /= sum;
    }
    new DoubleFFT_1D(frame).complexForward(values);
    return values;
  }

  private static void sparsify(double[] spectrum, int count) {
    double[] magnitudes = new double[count];
    for (int b = 0; b < count; b++) {
      magnitudes[b] = Math.hypot(spectrum[2 * b], spectrum[2 * b + 1]);
    }
    double[] sorted = magnitudes.clone();
    Arrays.sort(sorted);
    double limit = SPARSITY * Arrays.stream(sorted).sum();
    int kept = 0;
    for (double sum = sorted[0]; sum < limit; sum += sorted[kept]) {
      kept++;
    }
    for (int b = 0; b < count; b++) {
      if (magnitudes[b] < sorted[kept]) {
        spectrum[2 * b] = 0;
        spectrum[2 * b + 1] = 0;
      }
    }
  }

  private static Kernel inTime(double[] spectrum, int twiceCentre, int frame, double scale) {
    int count = frame / 2 + 1;
    double[] amplitude = new double[count];
    double phase = 0;
    double strongest = 0;
    double unit = Math.PI / frame;
    for (int b = 0; b < count; b++) {
      double magnitude = Math.hypot(spectrum[2 * b], spectrum[2 * b + 1]);
      if (magnitude > strongest) {
        strongest = magnitude;
        phase = Math.atan2(spectrum[2 * b + 1], spectrum[2 * b]) + unit * b * twiceCentre;
      }
    }
    for (int b = 0; b < count; b++) {
      double turn = unit * b * twiceCentre - phase;
      amplitude[b] =
          scale * (spectrum[2 * b] * Math.cos(turn) - spectrum[2 * b + 1] * Math.sin(turn));
    }
    double[] cosine = new double[frame];
    double[] sine = new double[frame];
    for (int b = 0; b < count; b++) {
      if (amplitude[b] != 0) {
        for (int n = 0; n < frame; n++) {
          double angle = unit * (((long) b * (2 * n + twiceCentre)) % (2L * frame));
          cosine[n] += amplitude[b] * Math.cos(angle);
          sine[n] += amplitude[b] * Math.sin(angle);
        }
      }
    }
    return new Kernel(frame - twiceCentre, cosine, sine);
  }
}
