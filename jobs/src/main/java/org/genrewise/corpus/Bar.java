package org.genrewise.corpus;

import java.util.List;

/**
 * One bar of a piece.
 *
 * @param index of the bar in the piece
 * @param start beats from the beginning of the piece
 * @param beats in the bar
 * @param chords of the bar, each of the same length
 * @param following the chord after the bar
 * @param section number of the section; bars of equal number share their material
 * @param inPhrase index of the bar in its phrase
 * @param phraseBars bars in the phrase
 * @param intensity how loud and full the music is, 0 to 1
 * @param last whether the piece ends with this bar
 */
record Bar(
    int index,
    double start,
    int beats,
    List<Chord> chords,
    Chord following,
    int section,
    int inPhrase,
    int phraseBars,
    double intensity,
    boolean last) {

  /** Sixteenths in a beat: what patterns count in. */
  static final int SLOTS = 4;

  int slots() {
    return beats * SLOTS;
  }

  /** The beat of the piece on which a sixteenth of this bar falls. */
  double beatOf(int slot) {
    return start + (double) slot / SLOTS;
  }

  Chord chordAt(int slot) {
    return chords.get(slot * chords.size() / slots());
  }

  /** Where the chord after the one at a slot begins; the bar's length when there is none. */
  boolean changesAt(int slot) {
    return slot % (slots() / chords.size()) == 0;
  }

  boolean endsPhrase() {
    return inPhrase == phraseBars - 1;
  }
}
