package org.genrewise.corpus;

/**
 * How much music to make.
 *
 * @param tracksPerClass pieces in each of the 16 classes, 1 to 999 (default 10)
 * @param secondsPerTrack length of a piece, its last chord's ring included, in seconds, 5 to 600
 *     (default 24, two slices of 11.4 s)
 * @param seed the same seed gives the same pieces (default 1)
 */
public record CorpusSettings(int tracksPerClass, double secondsPerTrack, long seed) {

  public static final CorpusSettings DEFAULT = new CorpusSettings(10, 24, 1);

  public CorpusSettings {
    if (tracksPerClass < 1 || tracksPerClass > 999) {
      throw new IllegalArgumentException(
          "tracks-per-class must be from 1 to 999, not %s".formatted(tracksPerClass));
    }
    if (!(secondsPerTrack >= 5 && secondsPerTrack <= 600)) {
      throw new IllegalArgumentException(
          "seconds-per-track must be from 5 to 600, not %s".formatted(secondsPerTrack));
    }
  }

  /** All pieces of a corpus of these settings. */
  public int tracks() {
    return tracksPerClass * Genre.values().length;
  }

  /** Length of a piece in samples at {@link Corpus#SAMPLE_RATE}. */
  long samplesPerTrack() {
    return Math.round(secondsPerTrack * Corpus.SAMPLE_RATE);
  }
}
