package org.genrewise.corpus;

import static org.genrewise.corpus.Instruments.*;

import java.util.List;
import org.genrewise.corpus.Melody.Touch;

/** Music for orchestra, with and without a singer. */
final class Orchestral {

  private static final String[] IN_MAJOR = {
    "I, IV, V, I", "I, vi, ii V7, I", "I, V, vi, IV V", "I, bVI, IV, V7", "IV, I, ii, V7"
  };
  private static final String[] IN_MINOR = {
    "i, iv, V7, i", "i, bVI, iv, V", "i, bVII, bVI, V7", "i, V, bVI, iv V7"
  };

  private Orchestral() {}

  /**
   * The whole orchestra, from basses to flutes: long lines, tremolo, brass, timpani, no drum kit.
   */
  static List<Arrangement> symphony() {
    return List.of(
        tutti(4, "x---x-x-x-------", "x-------x---x---", "x-----x-x---x---", "x---------------"),
        tutti(3, "x-------x---", "x---x---x---", "x-----x-x---", "x-----------"));
  }

  private static Arrangement tutti(int beats, String... rhythms) {
    Melody theme = Melody.of(1, 3, Touch.SINGING, rhythms);
    return Arrangement.tempo(84, 132)
        .beats(beats)
        .rubato(0.02)
        .form(0.75, 0.9, 1.0)
        .harmony(Mode.MAJOR, IN_MAJOR)
        .harmony(Mode.MINOR, IN_MINOR)
        .part(List.of(STRINGS), 72, 91, 112, theme)
        .part(List.of(SYNTH_STRINGS), 60, 79, 96, theme)
        .part(List.of(FLUTE, OBOE, CLARINET), 79, 98, 78, 0.8, 0.9, theme)
        .part(
            List.of(STRINGS, SLOW_STRINGS),
            50,
            72,
            92,
            Shaped.swelling(
                ChordPattern.of(4, "x---------------", "xxxxxxxxxxxxxxxx", "x-x-x-x-x-x-x-x-")))
        .part(
            List.of(HORN, BRASS),
            48,
            69,
            92,
            0.8,
            1,
            ChordPattern.of(3, "x---------------", "x-------x-------", "x-----x-x-------"))
        .part(List.of(TRUMPET), 62, 80, 84, 0.95, 0.8, theme)
        .part(
            List.of(TROMBONE, TUBA),
            36,
            52,
            88,
            0.8,
            1,
            BassLine.of("r-------5-------", "r-----------5---"))
        .part(
            List.of(CONTRABASS, STRINGS),
            26,
            43,
            112,
            BassLine.of("r---------------", "r-------r-------", "r---r---5---r---"))
        .part(
            List.of(TIMPANI),
            36,
            50,
            112,
            0.8,
            1,
            BassLine.of(
                "r---............", "rrrrrrrrr---....", "r---....r-5-r---", "r-------....rrrr"))
        .drums(96, 0.95, Drums.of(0, 0.9, "................"))
        .build();
  }

  /** A trained voice, far in front, over a pit orchestra that plucks and answers. */
  static List<Arrangement> opera() {
    return List.of(
        aria(
            3,
            69,
            91,
            List.of(CHOIR, VOICE),
            "..x.",
            "r-..........",
            "x-------x---",
            "x-----------",
            "x-----x-x---",
            "x---x-------"),
        aria(
            4,
            57,
            77,
            List.of(CHOIR, SYNTH_VOICE),
            "....x-..x-..x-..",
            "r---....5---....",
            "x-------x---x---",
            "x-----------x---",
            "x-----x-x-------",
            "x---------------"),
        aria(
            4,
            67,
            89,
            List.of(VOICE, SYNTH_VOICE),
            "..x.",
            "r-......r-......",
            "x-----------x-x-",
            "x-------x-------",
            "x---x---x-------",
            "x-----x-x---x---"));
  }

  private static Arrangement aria(
      int beats,
      int low,
      int high,
      List<Integer> voices,
      String plucks,
      String bass,
      String... rhythms) {
    Melody line = Melody.of(1, 5, Touch.OPERATIC, rhythms);
    return Arrangement.tempo(69, 104)
        .beats(beats)
        .rubato(0.05)
        .form(0.6, 0.75, 0.9)
        .harmony(Mode.MAJOR, "I, IV, V7, I", "I, V7, V7, I", "I, vi, ii V7, I", "I, IV, I V7, I")
        .harmony(Mode.MINOR, "i, iv, V7, i", "i, V7, V7, i", "i, bVI, iv V7, i")
        .part(voices, low, high, 127, line)
        .part(voices, low, high, 84, line)
        .part(List.of(PIZZICATO, STRINGS), 55, 72, 66, ChordPattern.of(3, plucks))
        .part(List.of(PIZZICATO, CELLO), 33, 50, 76, BassLine.of(bass))
        .part(List.of(HARP), 48, 76, 62, 0.7, 0.5, Arpeggio.of("0-1-2-3-4-3-2-1-", "0-2-4-2-"))
        .part(List.of(SLOW_STRINGS), 48, 67, 56, 0.7, 1, ChordPattern.of(3, "x---------------"))
        .build();
  }
}
