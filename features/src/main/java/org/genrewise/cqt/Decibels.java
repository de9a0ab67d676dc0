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

  private Decibels() {}

  /**
   * Converts a whole spectrogram.
   *
   * @param magnitudes from 0
   * @return levels from -80 to 0 dB; all 0 where nothing is louder than 1e-5
   */
  public static Spectrogram of(Spectrogram magnitudes) {
    float[] values = magnitudes.values();
    float peak = SMALLEST;
    for (float value : values) {
      peak = Math.max(peak, value);
    }
    double reference = 20 * Math.log10(peak);
    float[] levels = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      double level = 20 * Math.log10(Math.max(SMALLEST, values[i])) - reference;
      levels[i] = (float) Math.max(-RANGE, level);
    }
    return new Spectrogram(magnitudes.bins(), magnitudes.frames(), levels);
  }
}
