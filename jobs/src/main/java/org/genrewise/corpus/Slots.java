package org.genrewise.corpus;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Rhythms written as text, one character a sixteenth. */
final class Slots {

  static final char REST = '.';
  static final char HOLD = '-';

  /**
   * Something played.
   *
   * @param slot sixteenth of the bar
   * @param beats how long, holds included
   * @param symbol the character that stands for it
   */
  record Stroke(int slot, double beats, char symbol) {}

  private Slots() {}

  /** The same choice for every bar of a section; another for another section, perhaps. */
  static String choice(List<String> patterns, Song song, Bar bar, int player) {
    Random random = song.theme(1009 * (bar.section() + 1) + player);
    return patterns.get(random.nextInt(patterns.size()));
  }

  /** A pattern repeated, or cut, to the length of the bar. */
  static String fitted(String pattern, Bar bar) {
    return pattern
        .repeat((bar.slots() + pattern.length() - 1) / pattern.length())
        .substring(0, bar.slots());
  }

  /** One stroke for the whole bar. */
  static String held(Bar bar) {
    return "x" + String.valueOf(HOLD).repeat(bar.slots() - 1);
  }

  static List<Stroke> strokes(String pattern, Bar bar) {
    List<Stroke> strokes = new ArrayList<>();
    for (int slot = 0; slot < pattern.length(); slot++) {
      char symbol = pattern.charAt(slot);
      // A held note is struck again when the harmony changes below it.
      boolean again = symbol == HOLD && slot > 0 && bar.changesAt(slot) && !strokes.isEmpty();
      if (again) {
        symbol = strokes.get(strokes.size() - 1).symbol();
      }
      if (symbol == REST || symbol == HOLD) {
        continue;
      }
      int end = slot + 1;
      while (end < pattern.length() && pattern.charAt(end) == HOLD && !bar.changesAt(end)) {
        end++;
      }
      strokes.add(new Stroke(slot, (double) (end - slot) / Bar.SLOTS, symbol));
    }
    return strokes;
  }
}
