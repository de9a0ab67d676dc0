package org.genrewise.corpus;

import java.util.List;
import java.util.Random;

/**
 * The plan of a piece, before any instrument plays.
 *
 * @param tonic pitch class of the key, 0 (C) to 11
 * @param mode scale of the key
 * @param swing by how much of a sixteenth every second sixteenth comes late, 0 to 0.5
 * @param bars in order, at least one
 * @param seed of everything that is drawn for the piece
 */
record Song(int tonic, Mode mode, double swing, List<Bar> bars, long seed) {

  Song {
    bars = List.copyOf(bars);
  }

  /** Random numbers that are the same for all who ask for the same theme of this piece. */
  Random theme(int theme) {
    return new Random(Seeds.derived(seed, theme));
  }

  boolean inScale(int pitch) {
    return mode.contains(pitch - tonic);
  }

  /**
   * The scale tone that lies a number of scale steps from a pitch, which need not be in the scale.
   */
  int step(int pitch, int steps) {
    int at = pitch;
    for (int left = Math.abs(steps); left > 0; ) {
      at += Integer.signum(steps);
      if (inScale(at)) {
        left--;
      }
    }
    return at;
  }
}
