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
  private static final int TABLE_BITS = 11;
  private static final double PER_OCTAVE = 20 * Math.log10(2);

  /** For each piece of the octave from 1 to 2 the chord of the curve: its level at 0, its slope. */
  private static final double[] CHORDS = new double[2 << TABLE_BITS];

  static {
    int pieces = 1 << TABLE_BITS;
    for (int i = 0; i < pieces; i++) {
      double begin = 1 + (double) i / pieces;
      double level = 20 * Math.log10(begin);
      double slope = (20 * Math.log10(1 + (i + 1.0) / pieces) - level) * pieces;
      CHORDS[2 * i] = level - slope * begin;
      CHORDS[2 * i + 1] = slope;
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
   * {@code 20 log10(x)} of a normal, positive number, to 3e-7 dB and several times as fast as
   * {@link Math#log10}: x is a power of two times a number from 1 to 2, whose logarithm is read off
   * a table's chord.
   */
  static double level(float x) {
    int bits = Float.floatToRawIntBits(x);
    int exponent = (bits >> MANTISSA_BITS) - 127;
    int piece = (bits >> (MANTISSA_BITS - TABLE_BITS)) & ((1 << TABLE_BITS) - 1);
    double mantissa = Float.intBitsToFloat(bits - (exponent << MANTISSA_BITS));
    return PER_OCTAVE * exponent + (CHORDS[2 * piece] + CHORDS[2 * piece + 1] * mantissa);
  }
}
