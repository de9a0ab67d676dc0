package org.genrewise.corpus;

import java.util.List;

/**
 * Broken chords.
 *
 * @param patterns a piece takes one of them for each section; one character a sixteenth: a digit is
 *     a chord tone counted from the lowest root in the player's range, {@code -} holds, {@code .}
 *     rests
 */
record Arpeggio(List<String> patterns) implements Texture {

  static Arpeggio of(String... patterns) {
    return new Arpeggio(List.of(patterns));
  }

  @Override
  public void play(Song song, Voice voice) {
    for (Bar bar : song.bars()) {
      if (!voice.plays(bar)) {
        continue;
      }
      String pattern =
          bar.last()
              ? Slots.held(bar).replace('x', '0')
              : Slots.fitted(Slots.choice(patterns, song, bar, voice.channel()), bar);
      for (Slots.Stroke stroke : Slots.strokes(pattern, bar)) {
        Chord chord = bar.chordAt(stroke.slot());
        int tone = stroke.symbol() - '0';
        int pitch = chord.tonesFrom(chord.rootFrom(voice.low()), tone + 1).get(tone);
        voice.play(
            voice.moment(bar, stroke.slot()),
            stroke.beats(),
            voice.fold(pitch),
            voice.velocity(bar, stroke.slot()));
      }
    }
  }
}
