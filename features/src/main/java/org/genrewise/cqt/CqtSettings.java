package org.genrewise.cqt;

import java.util.Locale;

/**
 * What a constant-Q transform measures. The defaults are librosa's.
 *
 * @param sampleRate of the audio, in hertz (default 22050)
 * @param hopLength samples between frames (default 512)
 * @param fmin centre frequency of the lowest bin, in hertz (default C1, 32.7032)
 * @param bins number of frequency bins (default 84, seven octaves)
 * @param binsPerOctave bins in an octave (default 12, semitones)
 */
public record CqtSettings(int sampleRate, int hopLength, double fmin, int bins, int binsPerOctave) {

  /** C1 in equal temperament with A4 = 440 Hz. */
  public static final double C1 = 440.0 * Math.pow(2, -45.0 / 12);

  public static final CqtSettings DEFAULT = new CqtSettings(22_050, 512, C1, 84, 12);

  /** Short text that differs where features differ, for bundles and feature rows. */
  public String version() {
    return String.format(
        Locale.ROOT,
        "cqt1-sr%d-hop%d-fmin%.4f-bins%d-bpo%d",
        sampleRate,
        hopLength,
        fmin,
        bins,
        binsPerOctave);
  }
}
