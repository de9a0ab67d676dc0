package org.genrewise.corpus;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A chord above the tonic of a key that is not yet chosen.
 *
 * @param root semitones from the tonic to the chord's root, 0 to 11
 * @param intervals semitones from the root to each chord tone, ascending, the first 0
 */
record Chord(int root, List<Integer> intervals) {

  private static final Pattern NUMERAL =
      Pattern.compile(
          "([b#]?)(VII|VI|IV|V|III|II|I|vii|vi|iv|v|iii|ii|i)(maj7|maj9|7|9|dim7|dim|sus4|5|)");
  private static final List<String> DEGREES = List.of("I", "II", "III", "IV", "V", "VI", "VII");

  Chord {
    intervals = List.copyOf(intervals);
  }

  /**
   * Reads a Roman numeral: capitals are major, small letters minor, degrees are those of the major
   * scale ({@code bVI} is the major chord on the flat sixth), the suffix adds to the triad.
   */
  static Chord parse(String numeral) {
    Matcher matcher = NUMERAL.matcher(numeral);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("\"" + numeral + "\" is not a chord");
    }
    int accidental = matcher.group(1).isEmpty() ? 0 : matcher.group(1).equals("b") ? -1 : 1;
    String degree = matcher.group(2);
    boolean major = Character.isUpperCase(degree.charAt(0));
    int root = Mode.MAJOR.semitones(DEGREES.indexOf(degree.toUpperCase(Locale.ROOT)));
    return new Chord(Math.floorMod(root + accidental, 12), intervals(major, matcher.group(3)));
  }

  private static List<Integer> intervals(boolean major, String suffix) {
    int third = major ? 4 : 3;
    return switch (suffix) {
      case "" -> List.of(0, third, 7);
      case "5" -> List.of(0, 7);
      case "sus4" -> List.of(0, 5, 7);
      case "dim" -> List.of(0, 3, 6);
      case "dim7" -> List.of(0, 3, 6, 9);
      case "7" -> List.of(0, third, 7, 10);
      case "maj7" -> List.of(0, third, 7, 11);
      case "9" -> List.of(0, third, 7, 10, 14);
      case "maj9" -> List.of(0, third, 7, 11, 14);
      default -> throw new IllegalArgumentException("no chord has the suffix \"" + suffix + "\"");
    };
  }

  /** The chord as it sounds when the tonic is this pitch class, 0 (C) to 11. */
  Chord above(int tonic) {
    return new Chord(Math.floorMod(root + tonic, 12), intervals);
  }

  boolean contains(int pitch) {
    return intervals.stream().anyMatch(interval -> Math.floorMod(pitch - root - interval, 12) == 0);
  }

  /** The chord tone nearest to a pitch; the lower one of two equally near. */
  int nearest(int pitch) {
    for (int distance = 0; distance < 12; distance++) {
      if (contains(pitch - distance)) {
        return pitch - distance;
      }
      if (contains(pitch + distance)) {
        return pitch + distance;
      }
    }
    throw new IllegalStateException("every chord has a tone in each octave");
  }

  /** The lowest root that is not below a pitch. */
  int rootFrom(int lowest) {
    return lowest + Math.floorMod(root - lowest, 12);
  }

  /** Chord tones upwards, beginning with the lowest that is not below a pitch. */
  List<Integer> tonesFrom(int lowest, int count) {
    List<Integer> tones = new ArrayList<>();
    for (int pitch = lowest; tones.size() < count; pitch++) {
      if (contains(pitch)) {
        tones.add(pitch);
      }
    }
    return tones;
  }
}
