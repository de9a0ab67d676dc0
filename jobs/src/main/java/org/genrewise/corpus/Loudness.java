package org.genrewise.corpus;

/** Brings a rendered piece to full scale without clipping, and ends it without a click. */
final class Loudness {

  /** Highest sample of a piece: 1 dB below full scale. */
  static final double PEAK = 0.891;

  private static final double SILENT = 1e-4;
  private static final double FADE_SECONDS = 0.3;

  private Loudness() {}

  /** Whether nothing can be heard. */
  static boolean silent(float[] samples) {
    return !(peak(samples) > SILENT);
  }

  /** Samples, not silent ones, as 16-bit little-endian PCM. */
  static byte[] normalised(float[] samples, float sampleRate) {
    int fade = (int) Math.min(samples.length, FADE_SECONDS * sampleRate);
    double gain = PEAK / peak(samples) * Short.MAX_VALUE;
    byte[] pcm = new byte[2 * samples.length];
    for (int index = 0; index < samples.length; index++) {
      double faded = Math.min(1, (double) (samples.length - 1 - index) / fade);
      long value = Math.round(samples[index] * gain * faded);
      pcm[2 * index] = (byte) value;
      pcm[2 * index + 1] = (byte) (value >> 8);
    }
    return pcm;
  }

  private static double peak(float[] samples) {
    double peak = 0;
    for (float sample : samples) {
      peak = Math.max(peak, Math.abs(sample));
    }
    return peak;
  }
}
