package org.genrewise.corpus;

import java.util.Arrays;
import java.util.List;

/**
 * Chords by bar.
 *
 * @param mode the scale that melodies over it use
 * @param bars for each bar its chords, each of the same length
 */
record Progression(Mode mode, List<List<Chord>> bars) {

  Progression {
    bars = bars.stream().map(List::copyOf).toList();
  }

  /** Reads Roman numerals, bars divided by commas, chords in a bar by spaces. */
  static Progression parse(Mode mode, String numerals) {
    return new Progression(
        mode,
        Arrays.stream(numerals.split(",\\s*"))
            .map(bar -> Arrays.stream(bar.split(" ")).map(Chord::parse).toList())
            .toList());
  }

  List<Chord> bar(int index) {
    return bars.get(index % bars.size());
  }
}
