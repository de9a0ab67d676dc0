package org.genrewise.corpus;

import java.util.List;

/**
 * A player of an arrangement.
 *
 * @param palette General MIDI programs of which a piece draws one; parts with equal palettes play
 *     the same instrument; empty for the drums
 * @param range what the instrument plays in
 * @param volume 0 to 127
 * @param enters the part rests where the intensity is lower
 * @param chance how often a piece has this part at all, 0 to 1
 * @param texture what it plays
 */
record Part(
    List<Integer> palette, Range range, int volume, double enters, double chance, Texture texture) {

  /**
   * From the lowest to the highest pitch, as MIDI note numbers: 60 is middle C. It holds each pitch
   * class at least once.
   */
  record Range(int low, int high) {

    Range {
      if (low < 0 || high > 127 || high < low + 11) {
        throw new IllegalArgumentException(
            "a range from %s to %s is less than an octave, or not within 0 to 127"
                .formatted(low, high));
      }
    }

    int middle() {
      return (low + high) / 2;
    }

    /** A pitch moved into the range by octaves. */
    int fold(int pitch) {
      int folded = pitch;
      while (folded < low) {
        folded += 12;
      }
      while (folded > high) {
        folded -= 12;
      }
      return folded;
    }
  }

  Part {
    palette = List.copyOf(palette);
  }

  static Range range(int low, int high) {
    return new Range(low, high);
  }

  Part entering(double intensity) {
    return new Part(palette, range, volume, intensity, chance, texture);
  }

  Part withChance(double chance) {
    return new Part(palette, range, volume, enters, chance, texture);
  }
}
