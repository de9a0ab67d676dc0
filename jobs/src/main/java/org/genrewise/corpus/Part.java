package org.genrewise.corpus;

import java.util.List;

/**
 * A player of an arrangement.
 *
 * @param palette General MIDI programs of which a piece draws one; parts with equal palettes play
 *     the same instrument; empty for the drums
 * @param low lowest pitch, a MIDI note number
 * @param high highest pitch
 * @param volume 0 to 127
 * @param enters the part rests where the intensity is lower
 * @param chance how often a piece has this part at all, 0 to 1
 * @param texture what it plays
 */
record Part(
    List<Integer> palette,
    int low,
    int high,
    int volume,
    double enters,
    double chance,
    Texture texture) {

  Part {
    palette = List.copyOf(palette);
    if (high < low + 11) {
      throw new IllegalArgumentException(
          "a range from %s to %s is less than an octave".formatted(low, high));
    }
  }
}
