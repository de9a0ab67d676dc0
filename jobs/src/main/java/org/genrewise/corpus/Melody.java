package org.genrewise.corpus;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A line that is remembered: a motif of one or two bars for each section, which the following bars
 * repeat over their own chords, vary, and close.
 *
 * @param theme players with the same theme and rhythms play the same line, each in its own range
 * @param leap largest step between neighbouring notes, in scale steps
 * @param touch how single notes are played
 * @param parallel a second voice this many scale steps away from the line; 0 for none
 * @param rhythms bars to draw motifs from; one character a sixteenth: {@code x} begins a note,
 *     {@code -} holds, {@code .} rests
 */
record Melody(int theme, int leap, Touch touch, int parallel, List<String> rhythms)
    implements Texture {

  /** Ways to play the notes of a melody. */
  enum Touch {
    /** As written. */
    PLAIN,
    /** Short, half of the written length. */
    DETACHED,
    /** Long notes swell and tremble, as bowed and blown ones do. */
    SINGING,
    /** As a trained voice: wide vibrato, slides into notes, turns before high ones. */
    OPERATIC,
    /** As a pop singer: light vibrato on long notes, scoops from below. */
    CROONING,
    /** As a soul singer: scoops, and runs down from the ends of long notes. */
    MELISMATIC
  }

  /** A note of a motif: where it stands, how far it lies from the middle of the range. */
  private record Note(Slots.Stroke stroke, int contour) {}

  static Melody of(int theme, int leap, Touch touch, String... rhythms) {
    return new Melody(theme, leap, touch, 0, List.of(rhythms));
  }

  /** The same line with a second voice below (negative) or above it. */
  Melody inParallel(int steps) {
    return new Melody(theme, leap, touch, steps, rhythms);
  }

  @Override
  public void play(Song song, Voice voice) {
    Map<Integer, List<List<Note>>> motifs = new HashMap<>();
    int middle = voice.range().middle();
    int last = middle;
    for (Bar bar : song.bars()) {
      List<List<Note>> motif = motifs.computeIfAbsent(bar.section(), section -> motif(song, bar));
      if (!voice.plays(bar)) {
        continue;
      }
      for (Note note : barOf(motif, bar)) {
        int pitch = pitch(song, bar, note, middle, last, voice);
        new Ornament(song, bar, voice, touch).play(note.stroke(), last, pitch);
        if (parallel != 0) {
          voice.play(
              voice.moment(bar, note.stroke().slot()),
              note.stroke().beats(),
              voice.range().fold(second(song, bar, note, pitch)),
              voice.velocity(bar, note.stroke().slot()) - 12);
        }
        last = pitch;
      }
    }
  }

  /** Four bars of one section: statement, answer, statement varied, close. */
  private List<List<Note>> motif(Song song, Bar first) {
    Random random = song.theme(31 * theme + first.section());
    List<List<Note>> bars = new ArrayList<>();
    String statement = rhythm(random);
    String answer = rhythm(random);
    int start = random.nextInt(5) - 2;
    bars.add(notes(statement, first, start, random));
    bars.add(notes(answer, first, start + random.nextInt(5) - 2, random));
    bars.add(varied(bars.get(0), random));
    bars.add(notes(closing(answer), first, random.nextInt(3) - 1, random));
    return bars;
  }

  private String rhythm(Random random) {
    return rhythms.get(random.nextInt(rhythms.size()));
  }

  private List<Note> notes(String rhythm, Bar bar, int start, Random random) {
    List<Note> notes = new ArrayList<>();
    int contour = start;
    int direction = random.nextBoolean() ? 1 : -1;
    for (Slots.Stroke stroke : Slots.strokes(Slots.fitted(rhythm, bar), bar)) {
      notes.add(new Note(stroke, contour));
      // Lines go on in their direction, turn now and then, and are drawn back to the middle.
      if (random.nextInt(3) == 0 || Math.abs(contour + direction) > 6) {
        direction = contour > 0 ? -1 : 1;
      }
      int size = random.nextInt(3) > 0 ? 1 : 1 + random.nextInt(leap);
      contour += direction * size;
    }
    return notes;
  }

  private static List<Note> varied(List<Note> notes, Random random) {
    int moved = random.nextInt(3) - 1;
    int mirrored = random.nextInt(3) == 0 ? -1 : 1;
    return notes.stream()
        .map(note -> new Note(note.stroke(), mirrored * note.contour() + moved))
        .toList();
  }

  /** A rhythm whose second half is one long note. */
  private static String closing(String rhythm) {
    int half = rhythm.length() / 2;
    return rhythm.substring(0, half) + "x" + "-".repeat(rhythm.length() - half - 1);
  }

  private static List<Note> barOf(List<List<Note>> motif, Bar bar) {
    if (bar.last()) {
      return List.of(new Note(new Slots.Stroke(0, bar.beats(), 'x'), 0));
    }
    return motif.get(bar.endsPhrase() ? 3 : bar.inPhrase() % 3);
  }

  private static int pitch(Song song, Bar bar, Note note, int middle, int last, Voice voice) {
    int wanted = voice.range().fold(song.step(middle, note.contour()));
    int slot = note.stroke().slot();
    Chord chord = bar.chordAt(slot);
    boolean strong = slot % 8 == 0 || note.stroke().beats() >= 1 || bar.last();
    int pitch = strong || !song.inScale(wanted) ? chord.nearest(wanted) : wanted;
    // Motifs avoid standing still where there is room to move.
    if (pitch == last && !strong) {
      pitch = song.step(pitch, note.contour() > 0 ? -1 : 1);
    }
    return voice.range().fold(pitch);
  }

  private int second(Song song, Bar bar, Note note, int pitch) {
    int moved = song.step(pitch, parallel);
    boolean strong = note.stroke().beats() >= 1;
    return strong ? bar.chordAt(note.stroke().slot()).nearest(moved) : moved;
  }
}
