package org.genrewise.corpus;

/** Brings a rendered piece to full scale without clipping, and ends it without a click. */
final class Loudness {

  /** Highest sample of a piece: 1 dB below full scale. */
  static final double PEAK = 0.891;

  private static final double SILENT = 1e-4;
  private static final double FADE_SECONDS = 0.3;

  private Loudness() {}

  /**
   * Samples as 16-bit little-endian PCM.
   *
   * @throws IllegalStateException when nothing sounds
   */
  static byte[] normalised(float[] samples, float sampleRate) {
    double peak = 0;
    for (float sample : samples) {
      peak = Math.max(peak, Math.abs(sample));
    }
    if (!(peak > SILENT)) {
      throw new IllegalStateException("the synthesizer rendered silence, peak " + peak);
    }
    int fade = (int) Math.min(samples.length, FADE_SECONDS * sampleRate);
    double gain = PEAK / peak * Short.MAX_VALUE;
    byte[] pcm = new byte[2 * samples.length];
    for (int index = 0; index < samples.length; index++) {
      double faded = Math.min(1, (double) (samples.length - 1 - index) / fade);
      long value = Math.round(samples[index] * gain * faded);
      pcm[2 * index] = (byte) value;
      pcm[2 * index + 1] = (byte) (value >> 8);
    }
    return pcm;
  }
}
