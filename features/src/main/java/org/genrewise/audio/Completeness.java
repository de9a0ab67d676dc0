package org.genrewise.audio;

import java.util.List;
import java.util.Locale;

/** Judges the length of decoded audio by the length that its container claims. */
final class Completeness {
  /** Below this share of the claim, audio is corrupt. */
  private static final double CORRUPT_SHARE = 0.9;

  /** Encoders count their padding or not: so much less is no news. */
  private static final double TOLERANCE_SECONDS = 0.25;

  private Completeness() {}

  /**
   * Compares two lengths in seconds.
   *
   * @return a warning if a little is missing, else nothing
   * @throws AudioException of kind CORRUPT if much is missing
   */
  static List<String> verify(String name, double decodedSeconds, double claimedSeconds)
      throws AudioException {
    if (decodedSeconds < CORRUPT_SHARE * claimedSeconds - TOLERANCE_SECONDS) {
      throw new AudioException(
          AudioException.Kind.CORRUPT,
          "%s: %s; the file is cut off or damaged"
              .formatted(name, shortfall(decodedSeconds, claimedSeconds)));
    }
    return decodedSeconds < claimedSeconds - TOLERANCE_SECONDS
        ? List.of(shortfall(decodedSeconds, claimedSeconds))
        : List.of();
  }

  /** What to tell of audio that is shorter than claimed. */
  static String shortfall(double decodedSeconds, double claimedSeconds) {
    return String.format(
        Locale.ROOT,
        "only %.2f of the %.2f seconds that its header claims could be decoded",
        decodedSeconds,
        claimedSeconds);
  }
}
