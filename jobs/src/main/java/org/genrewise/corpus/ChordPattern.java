package org.genrewise.corpus;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Chords in a rhythm: pads, strums, stabs, tremolos. Each voicing is the one nearest to the last.
 *
 * @param notes how many sound together
 * @param strum beats from the first note of a chord to its last; 0 to strike them together
 * @param patterns a piece takes one of them for each section; one character a sixteenth: {@code x}
 *     strikes, {@code X} strikes harder, {@code -} holds, {@code .} rests
 */
record ChordPattern(int notes, double strum, List<String> patterns) implements Texture {

  static ChordPattern of(int notes, String... patterns) {
    return new ChordPattern(notes, 0, List.of(patterns));
  }

  static ChordPattern strummed(String... patterns) {
    return new ChordPattern(5, 0.07, List.of(patterns));
  }

  @Override
  public void play(Song song, Voice voice) {
    List<Integer> voicing = List.of();
    for (Bar bar : song.bars()) {
      if (!voice.plays(bar)) {
        continue;
      }
      String pattern =
          bar.last()
              ? Slots.held(bar)
              : Slots.fitted(Slots.choice(patterns, song, bar, voice.channel()), bar);
      for (Slots.Stroke stroke : Slots.strokes(pattern, bar)) {
        voicing = voicing(bar.chordAt(stroke.slot()), voicing, voice);
        strike(bar, stroke, voicing, voice);
      }
    }
  }

  private void strike(Bar bar, Slots.Stroke stroke, List<Integer> voicing, Voice voice) {
    double moment = voice.moment(bar, stroke.slot());
    int velocity = voice.velocity(bar, stroke.slot()) + (stroke.symbol() == 'X' ? 14 : 0);
    boolean upwards = stroke.slot() % 4 == 2;
    for (int index = 0; index < voicing.size(); index++) {
      int order = upwards ? voicing.size() - 1 - index : index;
      double delay = strum * order / voicing.size();
      voice.play(moment + delay, stroke.beats() - delay, voicing.get(index), velocity);
    }
  }

  /** The inversion within the player's range that moves least; the first one lies in the middle. */
  private List<Integer> voicing(Chord chord, List<Integer> previous, Voice voice) {
    double target =
        previous.isEmpty()
            ? (voice.low() + voice.high()) / 2.0
            : previous.stream().mapToInt(Integer::intValue).average().orElseThrow();
    List<List<Integer>> inversions = new ArrayList<>();
    for (int lowest = voice.low(); lowest <= voice.high(); lowest++) {
      List<Integer> tones = chord.tonesFrom(lowest, notes);
      if (lowest == voice.low() || tones.get(notes - 1) <= voice.high()) {
        inversions.add(tones);
      }
    }
    return inversions.stream()
        .min(
            Comparator.comparingDouble(
                tones ->
                    Math.abs(
                        tones.stream().mapToInt(Integer::intValue).average().orElseThrow()
                            - target)))
        .orElseThrow();
  }
}
