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
  private static final int TABLE_BITS = 9;
  private static final double PER_OCTAVE = 20 * Math.log10(2);
  private static final double PER_NEPER = 20 / Math.log(10);

  /** For the middle of each piece of the octave from 1 to 2: its inverse, and its level. */
  private static final double[] INVERSE = new double[1 << TABLE_BITS];

  private static final double[] LEVEL = new double[1 << TABLE_BITS];

  static {
    for (int i = 0; i < INVERSE.length; i++) {
      double middle = 1 + (i + 0.5) / INVERSE.length;
      INVERSE[i] = 1 / middle;
      LEVEL[i] = 20 * Math.log10(middle);
    }
  }

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
      // Plain comparisons: Math.max also orders zeros and carries NaN, which takes longer.
      peak = value > peak ? value : peak;
    }
    double reference = level(peak);
    float[] levels = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      double level = level(values[i] > SMALLEST ? values[i] : SMALLEST) - reference;
      levels[i] = level > -RANGE ? (float) level : -RANGE;
    }
    return new Spectrogram(magnitudes.bins(), magnitudes.frames(), levels);
  }

  /**
   * {@code 20 log10(x)} of a normal, positive number, to 1e-8 dB and several times as fast as
   * {@link Math#log10}: x is a power of two, times the middle of a piece of the octave, times a
   * number so near to 1 that two terms of its logarithm's series are enough.
   */
  static double level(float x) {
    int bits = Float.floatToRawIntBits(x);
    int exponent = (bits >> MANTISSA_BITS) - 127;
    int piece = (bits >> (MANTISSA_BITS - TABLE_BITS)) & (INVERSE.length - 1);
    double mantissa = Float.intBitsToFloat(bits - (exponent << MANTISSA_BITS));
    double rest = mantissa * INVERSE[piece] - 1;
    return PER_OCTAVE * exponent + LEVEL[piece] + PER_NEPER * rest * (1 - 0.5 * rest);
  }
}
