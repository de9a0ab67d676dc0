package org.genrewise.corpus;

import static org.genrewise.corpus.Instruments.*;
import static org.genrewise.corpus.Part.range;

import java.util.List;
import org.genrewise.corpus.Melody.Touch;

/** Guitars, accordions and other things that fit into a small room. */
final class Indie {

  private static final String[] HUSHED = {
    "x-x-x---....x-x-", "..x-x-x-x-------", "x---x-x-x---....", "x-x-....x-x-x---"
  };

  private Indie() {}

  /** Fast and jangling: a clean guitar in unbroken high quavers, a running plectrum bass. */
  static List<Arrangement> classicIndiePop() {
    return List.of(jangle("0-2-3-2-4-2-3-2-", "0-3-2-4-"), jangle("4-2-3-2-4-2-3-1-", "3-4-2-3-"));
  }

  private static Arrangement jangle(String... figures) {
    return Arrangement.tempo(138, 164)
        .form(0.7, 0.85, 0.85)
        .harmony(Mode.MAJOR, "I, IV, I, IV", "I, ii, IV, V", "I, V, ii, IV", "vi, IV, I, V")
        .harmony(Mode.MIXOLYDIAN, "I, bVII, IV, I", "I, I, bVII, IV")
        .part(List.of(CLEAN_GUITAR, STEEL_GUITAR), range(62, 84), 112, Arpeggio.of(figures))
        .part(
            List.of(CLEAN_GUITAR, STEEL_GUITAR),
            range(50, 72),
            72,
            ChordPattern.strummed("x-x-x-x-x-x-x-x-", "x---x-x-..x-x-x-"))
        .entering(0.8)
        .part(
            List.of(VOICE, SYNTH_VOICE),
            range(55, 69),
            100,
            Melody.of(
                1, 2, Touch.PLAIN, "x---x---x-------", "....x---x---x---", "x-------x---x---"))
        .part(
            List.of(PICK_BASS),
            range(31, 48),
            108,
            BassLine.of("r-r-r-r-5-5-8-a-", "r-8-r-8-5-r-3-a-"))
        .part(
            List.of(DRAWBAR_ORGAN, GLOCKENSPIEL),
            range(72, 91),
            62,
            Melody.of(2, 3, Touch.PLAIN, "x---x---x---x---", "x-------x-------"))
        .entering(0.8)
        .withChance(0.6)
        .drums(
            84,
            Drums.of(
                0.5,
                0.8,
                "K.......K....... ....S.......S... b.b.b.b.b.b.b.b.",
                "K.....K.K....... ....S.......S... h.h.h.h.h.h.h.h."))
        .build();
  }

  /**
   * A cabaret: tuba on one, accordion after it, chromatic chords in minor, a clarinet; waltz or
   * polka.
   */
  static List<Arrangement> chamberCabaretAndArtPop() {
    return List.of(
        cabaret(
            3,
            150,
            192,
            "r---........",
            "....x-..x-..",
            "x---x---x---",
            "x-------x---",
            "x---x-x-x---",
            "xxx-x---x---"),
        cabaret(
            4,
            108,
            144,
            "r---....5---....",
            "....x-......x-..",
            "x-x-x---x-x-x---",
            "x---x-x-x---x-x-",
            "xxx-x---x-x-x---"));
  }

  private static Arrangement cabaret(
      int beats, double slowest, double fastest, String bass, String chords, String... rhythms) {
    return Arrangement.tempo(slowest, fastest)
        .beats(beats)
        .rubato(0.035)
        .form(0.65, 0.8, 0.9)
        .harmony(
            Mode.MINOR,
            "i, V7, V7, i",
            "i, #ivdim7, V7, i",
            "i, bII, V7, i",
            "i, iv, #ivdim7, V7",
            "i, III7, VI, V7")
        .part(
            List.of(CLARINET, MUTED_TRUMPET, VIOLIN),
            range(62, 86),
            110,
            Melody.of(1, 4, Touch.SINGING, rhythms))
        .part(List.of(ACCORDION, HONKY_TONK), range(55, 74), 104, ChordPattern.of(4, chords))
        .part(List.of(TUBA, BASSOON, ACOUSTIC_BASS), range(33, 50), 118, BassLine.of(bass))
        .part(List.of(PIZZICATO, HONKY_TONK), range(67, 84), 70, ChordPattern.of(3, chords))
        .entering(0.75)
        .withChance(0.8)
        .drums(
            64,
            Drums.of(
                0, 2, beats == 3 ? "f....... ....w...w..." : "f.......f....... ....w.......w..."))
        .entering(0.75)
        .build();
  }

  /** A picked guitar and a voice; at most a tap on the box, nothing deep. */
  static List<Arrangement> acousticPop() {
    return List.of(
        picked("0-2-1-2-0-3-1-2-", "0.213.210.213.21"),
        picked("0.2.1.2.3.2.1.2.", "0-213-2-0-213-2-"),
        strummed());
  }

  private static Arrangement.Builder campfire(double slowest, double fastest) {
    return Arrangement.tempo(slowest, fastest)
        .rubato(0.012)
        .form(0.5, 0.6, 0.7)
        .harmony(Mode.MAJOR, "I, V, vi, IV", "I, IV, I, V", "I, iii, IV, I", "vi, IV, I, V")
        .part(List.of(VOICE), range(60, 77), 100, Melody.of(1, 3, Touch.CROONING, HUSHED))
        .part(
            List.of(GLOCKENSPIEL, WHISTLE, CELLO),
            range(72, 91),
            56,
            Melody.of(2, 3, Touch.PLAIN, "x-------x-------", "........x---x---"))
        .entering(0.65)
        .withChance(0.5);
  }

  private static Arrangement picked(String... figures) {
    return campfire(80, 108)
        .part(List.of(STEEL_GUITAR, NYLON_GUITAR), range(48, 76), 116, Arpeggio.of(figures))
        .part(
            List.of(STEEL_GUITAR, NYLON_GUITAR),
            range(40, 55),
            92,
            BassLine.of("r-------5-------", "r-----------5---"))
        .build();
  }

  private static Arrangement strummed() {
    return campfire(88, 116)
        .part(
            List.of(STEEL_GUITAR, NYLON_GUITAR),
            range(45, 74),
            116,
            ChordPattern.strummed("x---x-x-..x-x-x-", "x-----x-x-x-x-x-"))
        .drums(50, Drums.of(0, 2, "f.......f....... ....w.......w..."))
        .entering(0.55)
        .build();
  }
}
