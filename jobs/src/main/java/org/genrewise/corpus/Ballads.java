package org.genrewise.corpus;

import static org.genrewise.corpus.Instruments.*;

import java.util.List;
import org.genrewise.corpus.Melody.Touch;

/** Slow and middling songs around a singer. */
final class Ballads {

  private Ballads() {}

  /** Slow: a piano, a voice on long notes, strings, and at most a touch of drums. */
  static List<Arrangement> popVocalBallad() {
    return List.of(
        ballad("0---2---1---2---", "0---1---2---1---"), ballad("0-1-2-1-3-2-1-2-", "0-2-3-2-"));
  }

  private static Arrangement ballad(String... figures) {
    return Arrangement.tempo(56, 70)
        .rubato(0.015)
        .form(0.5, 0.65, 0.8)
        .harmony(Mode.MAJOR, "I, V, vi, IV", "I, vi, IV, V", "I, iii, IV, V", "IV, V, iii vi, ii V")
        .harmony(Mode.MINOR, "i, bVI, bIII, bVII", "i, iv, bVII, bIII")
        .part(
            List.of(VOICE, SYNTH_VOICE),
            57,
            76,
            120,
            Melody.of(
                1,
                3,
                Touch.CROONING,
                "x-------x---x---",
                "..x-x---x-------",
                "x-----x-x-------",
                "....x---x-------"))
        .part(List.of(PIANO, BRIGHT_PIANO), 50, 76, 92, Arpeggio.of(figures))
        .part(List.of(PIANO), 33, 48, 84, BassLine.of("r---------------", "r-------5-------"))
        .part(List.of(SLOW_STRINGS), 52, 74, 74, 0.6, 1, ChordPattern.of(4, "x---------------"))
        .drums(66, 0.75, Drums.of(0, 2, "K.......s......."))
        .build();
  }

  /** Middling, smooth: electric piano, seventh chords, saxophone or voice, a soft full kit. */
  static List<Arrangement> adultContemporary() {
    return List.of(
        smooth(List.of(ALTO_SAX, TENOR_SAX, SOPRANO_SAX), Touch.SINGING),
        smooth(List.of(VOICE, CHOIR), Touch.CROONING));
  }

  private static Arrangement smooth(List<Integer> lead, Touch touch) {
    return Arrangement.tempo(88, 106)
        .form(0.6, 0.75, 0.75)
        .harmony(
            Mode.MAJOR,
            "Imaj7, vi7, ii7, V7",
            "IVmaj7, iii7, ii7, V7",
            "Imaj7, IVmaj7, iii7 vi7, ii7 V7")
        .harmony(Mode.DORIAN, "i7, IV7, i7, IV7", "i7, bVIImaj7, IV7, i7")
        .part(
            lead,
            60,
            81,
            108,
            Melody.of(
                1,
                3,
                touch,
                "..x-x-x-x-------",
                "x---..x-x---x-x-",
                "x-x-x---....x-x-",
                "....x-x-x-----x-"))
        .part(
            List.of(RHODES, ELECTRIC_PIANO),
            55,
            76,
            100,
            ChordPattern.of(4, "x-----x-----x---", "x-----x-........", "..x-----..x-----"))
        .part(
            List.of(NYLON_GUITAR),
            55,
            79,
            70,
            0.5,
            1,
            Arpeggio.of("0.213.210.213.21", "..2.31.2..2.31.2"))
        .part(
            List.of(FRETLESS_BASS),
            31,
            46,
            108,
            BassLine.of("r-----r-5-----a-", "r-----..r---5-a-"))
        .part(
            List.of(WARM_PAD, SLOW_STRINGS),
            55,
            74,
            56,
            0.7,
            0.8,
            ChordPattern.of(4, "x---------------"))
        .drums(
            78,
            0,
            Drums.of(
                0.4,
                2,
                "K.....K.K....... ....s.......s... h.h.h.h.h.h.h.h.",
                "K.......K.K..... ....s.......s..g hhhhhhhhhhhhhhhh"))
        .build();
  }

  /**
   * Slow, swung, with holes: ninth chords, a busy deep bass, ghost notes, horns, a singer's runs.
   */
  static List<Arrangement> soulOrRhythmAndBlues() {
    return List.of(
        groove(List.of(RHODES, CLAVINET), 66, 84),
        groove(List.of(DRAWBAR_ORGAN, JAZZ_GUITAR), 76, 96));
  }

  private static Arrangement groove(List<Integer> keys, double slowest, double fastest) {
    return Arrangement.tempo(slowest, fastest)
        .swing(0.4)
        .form(0.7, 0.8, 0.9)
        .harmony(Mode.DORIAN, "i9, i9, IV9, IV9", "i9, IV9, i9, IV9", "ii9, V9, i9, i9")
        .harmony(Mode.MIXOLYDIAN, "I9, I9, IV9, I9", "I9, IV9, I9, V9")
        .part(
            List.of(VOICE, SYNTH_VOICE, CHOIR),
            60,
            79,
            112,
            Melody.of(
                1,
                4,
                Touch.MELISMATIC,
                "..x-----........",
                "x-x---......x-x-",
                "....x-x-x---....",
                "x-----x-..x-----"))
        .part(
            keys,
            53,
            74,
            92,
            ChordPattern.of(4, "..x....x..x.....", "...x..x.......x.", "x.....x....x...."))
        .part(
            List.of(SLAP_BASS, FINGER_BASS),
            26,
            43,
            127,
            BassLine.of("r-.g.r.8..5-.g.a", "r--.g.8..r.5..ga", "r-..r.g8..r-5-a-"))
        .part(
            List.of(BRASS, TENOR_SAX, TROMBONE),
            55,
            74,
            88,
            0.75,
            0.8,
            ChordPattern.of(3, "............X.X-", "......X...X-....", "X-.X............"))
        .drums(
            104,
            0,
            Drums.of(
                0.4,
                2,
                "K..K..K...K..... ....S.......S... ..g....g.g....g. hhhhhhhhhhhhhhhh",
                "K......K..K..K.. ....S.......S... .g.....g.....g.g h.hhh.hhh.hhh.Hh"))
        .build();
  }
}
