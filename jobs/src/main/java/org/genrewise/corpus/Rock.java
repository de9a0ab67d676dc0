package org.genrewise.corpus;

import static org.genrewise.corpus.Instruments.*;

import java.util.List;
import org.genrewise.corpus.Melody.Touch;

/** Bands with electric guitars. */
final class Rock {

  private Rock() {}

  /** Moody, mid-tempo, low: a clean figure, then a wall of overdriven fifths below a baritone. */
  static List<Arrangement> adultAlternativeRock() {
    return List.of(moody(0.6, 1.0, 1.0), moody(0.9, 0.9, 1.0));
  }

  private static Arrangement moody(Double... form) {
    return Arrangement.tempo(86, 106)
        .form(form)
        .harmony(Mode.MINOR, "i, bVI, bIII, bVII", "i, bVII, bVI, bVI", "i, iv, bVI, bVII")
        .harmony(Mode.MIXOLYDIAN, "I, bVII, IV, I", "I, I, bVII, IV")
        .part(
            List.of(VOICE, CHOIR),
            48,
            64,
            112,
            Melody.of(
                1, 2, Touch.CROONING, "x---x-x-x-------", "..x-x-x-x---x---", "x-----x-x---..x-"))
        .part(
            List.of(CLEAN_GUITAR), 50, 69, 88, Arpeggio.of("0-2-3-2-4-2-3-2-", "0-1-2-3-2-1-2-1-"))
        .part(
            List.of(OVERDRIVEN_GUITAR, DISTORTION_GUITAR),
            40,
            57,
            100,
            0.7,
            1,
            ChordPattern.of(3, "x-------x-------", "x-----x---x-----", "x---x-----x-x---"))
        .part(List.of(PICK_BASS), 28, 43, 116, BassLine.of("r-r-r-r-r-r-r-r-", "r-----r-r-----a-"))
        .drums(
            110,
            0,
            Drums.of(
                0.7,
                0.85,
                "K.....K...K..... ....S.......S... R...R...R...R...",
                "K.......K.K..... ....S.......S... H...H...H...H..."))
        .build();
  }

  /**
   * Everything at once: hammering quavers, ringing high guitar, toms, choir in octaves, crashes.
   */
  static List<Arrangement> upliftingAnthemicRock() {
    return List.of(
        anthem("4.34.34.4.34.34.", "43.43.43.43.43.4"),
        anthem("4-3-4-2-4-3-4-2-", "4444333344443333"));
  }

  private static Arrangement anthem(String... figures) {
    Melody cry =
        Melody.of(1, 3, Touch.SINGING, "x-------x-------", "x---------------", "x-----------x---");
    return Arrangement.tempo(124, 142)
        .form(0.85, 1.0, 1.0)
        .harmony(Mode.MAJOR, "I, V, vi, IV", "IV, I, V, vi", "I, IV, vi, V", "vi, IV, I, V")
        .part(List.of(CHOIR), 69, 86, 112, cry)
        .part(List.of(CHOIR, VOICE), 57, 74, 92, cry)
        .part(List.of(CLEAN_GUITAR), 69, 91, 88, Arpeggio.of(figures))
        .part(List.of(DISTORTION_GUITAR), 40, 60, 92, ChordPattern.of(4, "x-x-x-x-x-x-x-x-"))
        .part(
            List.of(SLOW_STRINGS, ROCK_ORGAN),
            60,
            84,
            72,
            0.9,
            1,
            ChordPattern.of(4, "x---------------"))
        .part(List.of(PICK_BASS), 28, 43, 112, BassLine.of("r-r-r-r-r-r-r-r-"))
        .drums(
            120,
            0,
            Drums.of(
                0.9,
                0.8,
                "K...K...K...K... ....S.......S... f.ff..f.f.ff..f. X.......X.......",
                "K.K.K.K.K.K.K.K. ....S.......S... X...X...X...X..."))
        .build();
  }

  /**
   * Easy: strummed steel strings, piano in crotchets, organ, voices in thirds, a rim instead of a
   * snare.
   */
  static List<Arrangement> softRock() {
    return List.of(easy(List.of(HARMONICA, JAZZ_GUITAR)), easy(List.of(FLUTE, OVERDRIVEN_GUITAR)));
  }

  private static Arrangement easy(List<Integer> lead) {
    return Arrangement.tempo(72, 90)
        .form(0.65, 0.8, 0.8)
        .harmony(Mode.MAJOR, "I, IV, I, V", "I, ii, IV, V", "I, vi, ii, V", "IV, I, ii V, I")
        .part(
            List.of(VOICE, CHOIR),
            60,
            76,
            104,
            Melody.of(
                    1,
                    3,
                    Touch.CROONING,
                    "x---x---x-------",
                    "x---x-x-x-------",
                    "..x-x---x---x---")
                .inParallel(2))
        .part(
            List.of(STEEL_GUITAR),
            48,
            76,
            88,
            ChordPattern.strummed("x-x-xxx-x-x-xxxx", "x-xxx-x-x-xxx-x-"))
        .part(List.of(PIANO, ELECTRIC_PIANO), 60, 79, 92, ChordPattern.of(4, "x---x---x---x---"))
        .part(
            List.of(DRAWBAR_ORGAN, ROCK_ORGAN), 48, 67, 58, ChordPattern.of(3, "x---------------"))
        .part(
            lead,
            67,
            86,
            84,
            0.75,
            1,
            Melody.of(2, 3, Touch.SINGING, "........x---x---", "x-------........"))
        .part(
            List.of(FINGER_BASS), 31, 46, 104, BassLine.of("r-----r-5-------", "r-----5-r-----a-"))
        .drums(
            74,
            0,
            Drums.of(
                0.5,
                2,
                "K.......K....... ....s.......s... R.R.R.R.R.R.R.R.",
                "K.....K.K....... ....s.......s... h.h.h.h.h.h.h.h."))
        .build();
  }
}
