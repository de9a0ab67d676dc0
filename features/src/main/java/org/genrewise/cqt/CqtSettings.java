package org.genrewise.cqt;

import java.io.Serializable;
import java.util.Locale;

/**
 * What a constant-Q transform measures. The defaults are librosa's.
 *
 * @param sampleRate of the audio, in hertz, positive (default 22050)
 * @param hopLength samples between frames, from 1 to 65536 (default 512). An octave whose hop is
 *     even is computed at half the rate of the octave above it, so a hop with many factors of two
 *     is fast; any other hop gives right results, but slowly
 * @param fmin centre frequency of the lowest bin, in hertz, positive (default C1, 32.7032)
 * @param bins number of frequency bins, positive; the highest filter must end below half the sample
 *     rate (default 84, seven octaves)
 * @param binsPerOctave bins in an octave, positive (default 12, semitones)
 */
public record CqtSettings(int sampleRate, int hopLength, double fmin, int bins, int binsPerOctave)
    implements Serializable {

  /** C1 in equal temperament with A4 = 440 Hz. */
  public static final double C1 = 440.0 * Math.pow(2, -45.0 / 12);

  public static final CqtSettings DEFAULT = new CqtSettings(22_050, 512, C1, 84, 12);

  /** Equivalent noise bandwidth of a Hann window in bins, as librosa tabulates it. */
  private static final double HANN_BANDWIDTH = 1.50018310546875;

  /** Longest kernel, in samples of its octave; longer ones mean a mistake, or days of computing. */
  static final int LONGEST_KERNEL = 1 << 16;

  private static final int LONGEST_HOP = 1 << 16;

  public CqtSettings {
    require(sampleRate > 0, "sample rate must be positive, in hertz, not " + sampleRate);
    require(
        hopLength > 0 && hopLength <= LONGEST_HOP,
        "hop length must be from 1 to " + LONGEST_HOP + " samples, not " + hopLength);
    require(
        fmin > 0 && Double.isFinite(fmin),
        "fmin must be positive and finite, in hertz, not " + fmin);
    require(bins > 0, "bins must be positive, not " + bins);
    require(binsPerOctave > 0, "bins per octave must be positive, not " + binsPerOctave);
    requireBelowNyquist(sampleRate, fmin, bins, binsPerOctave);
    requireShortKernels(sampleRate, hopLength, fmin, bins, binsPerOctave);
  }

  /** Centre frequency of a bin, in hertz. */
  public double frequency(int bin) {
    return frequency(fmin, bin, binsPerOctave);
  }

  /** Number of octaves; the lowest may have fewer bins than the others. */
  public int octaves() {
    return (bins + binsPerOctave - 1) / binsPerOctave;
  }

  /** How many frames so many samples, at least 1, give. */
  public long frames(long samples) {
    int early = earlyHalvings();
    return 1 + Level.lengthAfter(early, samples) / (hopLength >> early);
  }

  /** Short text that differs where transforms differ, for bundles and feature rows. */
  public String version() {
    return "cqt1-sr%d-hop%d-fmin%s-bins%d-bpo%d"
        .formatted(sampleRate, hopLength, fmin, bins, binsPerOctave);
  }

  /** Quality factor: the length of a filter in periods of its centre frequency. */
  double quality() {
    return quality(binsPerOctave);
  }

  /** Upper edge of the highest filter, in hertz. */
  double highestEdge() {
    return frequency(bins - 1) * edgeFactor(binsPerOctave);
  }

  /**
   * How often the sample rate can be halved before the highest octave: as long as its filters stay
   * below half of the Nyquist frequency, and the hop stays divisible for the octaves below.
   */
  int earlyHalvings() {
    double headroom = Math.log(sampleRate / 2.0 / highestEdge()) / Math.log(2);
    int byBandwidth = (int) Math.ceil(headroom - 1) - 1;
    int byHop = Integer.numberOfTrailingZeros(hopLength) - octaves() + 1;
    return Math.max(0, Math.min(byBandwidth, byHop));
  }

  /** How often the sample rate is halved down to the lowest octave. */
  int halvings() {
    return Math.min(earlyHalvings() + octaves() - 1, Integer.numberOfTrailingZeros(hopLength));
  }

  private static double frequency(double fmin, int bin, int binsPerOctave) {
    return fmin * Math.pow(2, (double) bin / binsPerOctave);
  }

  private static double quality(int binsPerOctave) {
    double ratio = Math.pow(2, 2.0 / binsPerOctave);
    return (ratio + 1) / (ratio - 1);
  }

  private static double edgeFactor(int binsPerOctave) {
    return 1 + 0.5 * HANN_BANDWIDTH / quality(binsPerOctave);
  }

  private static void requireBelowNyquist(
      int sampleRate, double fmin, int bins, int binsPerOctave) {
    double nyquist = sampleRate / 2.0;
    double edge = frequency(fmin, bins - 1, binsPerOctave) * edgeFactor(binsPerOctave);
    if (edge <= nyquist) {
      return;
    }
    double octaves = Math.log(nyquist / (fmin * edgeFactor(binsPerOctave))) / Math.log(2);
    int most = (int) Math.floor(octaves * binsPerOctave) + 1;
    throw new IllegalArgumentException(
        String.format(
            Locale.ROOT,
            "%d bins from fmin %.4f Hz reach %.1f Hz, above half the sample rate of %d Hz; %s",
            bins,
            fmin,
            edge,
            sampleRate,
            most > 0
                ? "use at most " + most + " bins, a lower fmin or a higher sample rate"
                : "use a lower fmin or a higher sample rate"));
  }

  private static void requireShortKernels(
      int sampleRate, int hopLength, double fmin, int bins, int binsPerOctave) {
    int octaves = (bins + binsPerOctave - 1) / binsPerOctave;
    int halvings = Integer.numberOfTrailingZeros(hopLength);
    double rate = sampleRate / Math.pow(2, Math.min(octaves - 1, halvings));
    double longest = quality(binsPerOctave) * rate / fmin;
    if (longest > LONGEST_KERNEL) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "the lowest filter would have %.0f samples, more than %d: a hop length of %d can be"
                  + " halved %d times and %d octaves want %d; use a multiple of %d as hop length,"
                  + " a higher fmin or fewer bins per octave",
              longest,
              LONGEST_KERNEL,
              hopLength,
              halvings,
              octaves,
              octaves - 1,
              1L << Math.min(62, octaves - 1)));
    }
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new IllegalArgumentException(message);
    }
  }
}
