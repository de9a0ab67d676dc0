package org.genrewise.corpus;

import static org.genrewise.corpus.Instruments.*;

import java.util.List;
import org.genrewise.corpus.Melody.Touch;

/** Pop for dancing. */
final class Dance {

  private Dance() {}

  /** Bright and high: a bell doubles the voice an octave above, short chords, hand claps. */
  static List<Arrangement> teenPop() {
    return List.of(
        bubblegum(List.of(GLOCKENSPIEL, CELESTA), List.of(CLAVINET, MUTED_GUITAR)),
        bubblegum(List.of(MUSIC_BOX, VIBRAPHONE), List.of(CLEAN_GUITAR, HARPSICHORD)));
  }

  private static Arrangement bubblegum(List<Integer> bells, List<Integer> chords) {
    Melody tune =
        Melody.of(
            1,
            3,
            Touch.PLAIN,
            "x-x-x-x-x---x---",
            "x-x-..x-x-x-x---",
            "x---x-x-..x-x-x-",
            "x-x-x---x-x-x---");
    return Arrangement.tempo(108, 120)
        .form(0.7, 0.8, 0.9)
        .harmony(Mode.MAJOR, "I, V, vi, IV", "I, IV, V, IV", "I, vi, IV, V", "IV, V, I, vi")
        .part(List.of(VOICE, SYNTH_VOICE), 67, 84, 104, tune)
        .part(bells, 84, 103, 104, tune)
        .part(chords, 64, 84, 88, ChordPattern.of(3, "..x...x...x...x.", "..x.x...x...x.x."))
        .part(List.of(SYNTH_BASS), 33, 50, 104, BassLine.of("r.r.....r.r.5...", "r...r.r.....5.a."))
        .drums(
            98,
            0,
            Drums.of(
                0.5,
                0.85,
                "K.....K.K....... ....C.......C... ....S.......S... ..h...h...h...h.",
                "K...K.....K..... ....C.......C.C. ....S.......S... h...h...h...h..."))
        .build();
  }

  /** Four on the floor with open hats between, chords that pump, a bass off the beat, no fills. */
  static List<Arrangement> contemporaryDancePop() {
    return List.of(
        club(List.of(SYNTH_STRINGS, POLYSYNTH), List.of(SAW_LEAD, SQUARE_LEAD)),
        club(List.of(SAW_LEAD, WARM_PAD), List.of(SYNTH_VOICE, POLYSYNTH)));
  }

  private static Arrangement club(List<Integer> pad, List<Integer> lead) {
    return Arrangement.tempo(122, 132)
        .form(0.7, 0.9, 0.9)
        .rubato(0)
        .harmony(Mode.MINOR, "bVI, bVII, i, i", "i, bVI, bIII, bVII", "bVI, bIII, bVII, i")
        .harmony(Mode.MAJOR, "vi, IV, I, V", "IV, vi, V, V")
        .part(pad, 52, 79, 118, Shaped.pumping(ChordPattern.of(6, "x---------------")))
        .part(
            lead,
            69,
            88,
            80,
            0.8,
            1,
            Melody.of(1, 3, Touch.DETACHED, "x-.x-.x-.x-.x-x-", "x-..x-..x-.x-.x-"))
        .part(List.of(DEEP_SYNTH_BASS), 28, 41, 122, BassLine.of("..r-..r-..r-..r-"))
        .drums(
            112,
            0,
            Drums.of(
                0,
                0.85,
                "K...K...K...K... ..H...H...H...H. ....C.......C...",
                "K...K...K...K... ..H...H...H...H."))
        .build();
  }

  /** Disco and its children: octave bass, brass stabs, a piano in 3-3-2, busy hats, tom fills. */
  static List<Arrangement> dancePop() {
    return List.of(
        disco(List.of(PIANO, BRIGHT_PIANO), "x..x..x.x..x..x.", "x..x..x...x.x..."),
        disco(List.of(CLEAN_GUITAR, CLAVINET), "x.xx.xx.x.xx.xx.", ".xx..xx..xx..xx."));
  }

  private static Arrangement disco(List<Integer> riff, String... rhythms) {
    return Arrangement.tempo(112, 122)
        .form(0.75, 0.85, 0.95)
        .rubato(0)
        .harmony(Mode.DORIAN, "i7, i7, IV, IV", "i7, bVII, IV, i7")
        .harmony(Mode.MAJOR, "I, vi7, ii7, V", "IVmaj7, V, iii7, vi7")
        .part(
            List.of(CHOIR, VOICE),
            62,
            81,
            92,
            Melody.of(
                    1,
                    3,
                    Touch.CROONING,
                    "x---x-x-x-------",
                    "..x-x---x-x-x---",
                    "x-----x-x---....")
                .inParallel(-2))
        .part(riff, 60, 81, 100, ChordPattern.of(4, rhythms))
        .part(
            List.of(SLAP_BASS, SYNTH_BASS),
            31,
            46,
            118,
            BassLine.of("r.8.r.8.r.8.r.8.", "r-8.r-8.5-8.r.8a"))
        .part(
            List.of(BRASS, SYNTH_BRASS),
            60,
            79,
            92,
            0.8,
            1,
            ChordPattern.of(3, "............X.X.", "X..X............", "......X.X......."))
        .part(
            List.of(STRINGS),
            72,
            91,
            72,
            0.9,
            0.8,
            Melody.of(2, 4, Touch.PLAIN, "x-------xxxxx---", "x---------------"))
        .drums(
            104,
            0,
            Drums.of(
                0.8,
                0.9,
                "K...K...K...K... ....S.......S... hhHhhhHhhhHhhhHh",
                "K...K...K...K... ....S..g....S..g hhHhhhHhhhHhhhHh bbbbbbbbbbbbbbbb"))
        .build();
  }
}
