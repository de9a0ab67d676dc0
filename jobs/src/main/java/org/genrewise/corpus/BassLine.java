package org.genrewise.corpus;

import java.util.List;

/**
 * The lowest line.
 *
 * @param patterns a piece takes one of them for each section; one character a sixteenth: {@code r}
 *     root, {@code 3} third, {@code 5} fifth, {@code 8} octave, {@code a} the semitone below the
 *     next root, {@code g} a ghost note on the root, {@code -} holds, {@code .} rests
 */
record BassLine(List<String> patterns) implements Texture {

  static BassLine of(String... patterns) {
    return new BassLine(List.of(patterns));
  }

  @Override
  public void play(Song song, Voice voice) {
    for (Bar bar : song.bars()) {
      if (!voice.plays(bar)) {
        continue;
      }
      String pattern =
          bar.last()
              ? Slots.held(bar).replace('x', 'r')
              : Slots.fitted(Slots.choice(patterns, song, bar, voice.channel()), bar);
      for (Slots.Stroke stroke : Slots.strokes(pattern, bar)) {
        int softer = stroke.symbol() == 'g' ? 35 : 0;
        voice.play(
            voice.moment(bar, stroke.slot()),
            stroke.beats(),
            pitch(bar, stroke, voice),
            voice.velocity(bar, stroke.slot()) - softer);
      }
    }
  }

  private static int pitch(Bar bar, Slots.Stroke stroke, Voice voice) {
    Chord chord = bar.chordAt(stroke.slot());
    int root = chord.rootFrom(voice.low());
    int pitch =
        switch (stroke.symbol()) {
          case 'r', 'g' -> root;
          case '3' -> root + chord.intervals().get(1);
          case '5' -> root + chord.intervals().get(Math.min(2, chord.intervals().size() - 1));
          case '8' -> root + 12;
          case 'a' -> bar.following().rootFrom(voice.low()) - 1;
          default ->
              throw new IllegalArgumentException(
                  "a bass pattern has no symbol '" + stroke.symbol() + "'");
        };
    return voice.fold(pitch);
  }
}
