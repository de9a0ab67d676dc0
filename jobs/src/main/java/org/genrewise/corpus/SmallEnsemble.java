package org.genrewise.corpus;

import static org.genrewise.corpus.Instruments.*;
import static org.genrewise.corpus.Part.range;

import java.util.List;
import org.genrewise.corpus.Melody.Touch;

/** One player alone, and a few of them. */
final class SmallEnsemble {

  private static final String[] CLASSICAL_MAJOR = {
    "I, V7, I, V7", "I, IV, V7, I", "I, vi, ii V7, I", "I, ii, V7, I", "I V, vi IV, I V7, I"
  };
  private static final String[] CLASSICAL_MINOR = {
    "i, V7, i, V7", "i, iv, V7, i", "i, bVI, iv V7, i", "i bVII, bVI V7, i iv, V7"
  };

  private static final String[] RUNNING = {
    "x-x-x-x-x-x-x-x-", "x---x-x-x-x-x-x-", "xxx-x-x-xxx-x-x-", "..x-x-x-x-x-x-x-"
  };
  private static final String[] WALKING = {
    "x---x---x---x---", "x-----x-x---x---", "x---x-x-x-------", "....x---x---x-x-"
  };

  private SmallEnsemble() {}

  /** A single instrument: two hands, or one line. */
  static List<Arrangement> solo() {
    return List.of(
        twoHands(List.of(PIANO, BRIGHT_PIANO, HARP, HARPSICHORD)),
        line(List.of(VIOLIN, FLUTE, CLARINET, OBOE), 60, 91),
        guitar(),
        line(List.of(CELLO, BASSOON, TENOR_SAX, TRUMPET), 43, 72));
  }

  private static Arrangement.Builder classical(double slowest, double fastest) {
    return Arrangement.tempo(slowest, fastest)
        .rubato(0.04)
        .form(0.55, 0.75, 0.6)
        .harmony(Mode.MAJOR, CLASSICAL_MAJOR)
        .harmony(Mode.MINOR, CLASSICAL_MINOR);
  }

  private static Arrangement twoHands(List<Integer> palette) {
    return classical(84, 132)
        .part(
            palette,
            range(67, 91),
            110,
            Melody.of(
                1,
                4,
                Touch.PLAIN,
                "x---x-x-x---x---",
                "x-x-x-x-x-------",
                "x-----x-x-x-x---",
                "x---x---xxx-x---"))
        .part(
            palette,
            range(45, 67),
            92,
            Arpeggio.of("0-2-1-2-", "0-1-2-3-2-1-2-1-", "0---1-2-1-2-1-2-"))
        .build();
  }

  private static Arrangement line(List<Integer> palette, int low, int high) {
    return classical(72, 120)
        .part(
            palette,
            range(low, high),
            120,
            Melody.of(
                1,
                4,
                Touch.SINGING,
                "x-x-x-x-x-x-x---",
                "xxxxxxxxx---x---",
                "x---xxxxx-x-x-x-",
                "x-------x-x-xxxx",
                "x-xxx-xxx-x-x---"))
        .build();
  }

  private static Arrangement guitar() {
    List<Integer> palette = List.of(NYLON_GUITAR, JAZZ_GUITAR);
    return classical(76, 112)
        .part(
            palette,
            range(64, 84),
            112,
            Melody.of(
                1, 4, Touch.PLAIN, "x-------x---x---", "x---x---x-------", "x-----x-x---x---"))
        .part(palette, range(50, 66), 84, Arpeggio.of("..1.2.1...1.2.1.", ".012.012.012.012"))
        .part(palette, range(40, 52), 100, BassLine.of("r-------5-------", "r---------------"))
        .build();
  }

  /** Three to five equal lines, bowed or blown, none of them very low. */
  static List<Arrangement> chamber() {
    return List.of(
        quartet(List.of(VIOLIN), List.of(VIOLIN), List.of(VIOLA), List.of(CELLO), 96, 138),
        quartet(List.of(FLUTE), List.of(OBOE), List.of(CLARINET), List.of(BASSOON), 88, 132),
        pianoTrio());
  }

  private static Arrangement quartet(
      List<Integer> first,
      List<Integer> second,
      List<Integer> third,
      List<Integer> fourth,
      double slowest,
      double fastest) {
    return classical(slowest, fastest)
        .rubato(0.02)
        .part(first, range(69, 91), 116, Melody.of(1, 4, Touch.SINGING, RUNNING))
        .part(second, range(62, 81), 100, Melody.of(2, 3, Touch.SINGING, WALKING))
        .part(
            third,
            range(55, 74),
            100,
            Melody.of(3, 3, Touch.DETACHED, "x-x-x-x-x-x-x-x-", "..x-..x-..x-..x-"))
        .part(
            fourth,
            range(38, 57),
            112,
            BassLine.of("r---5---r---5---", "r-------r---a---", "r---3---5---a---"))
        .build();
  }

  private static Arrangement pianoTrio() {
    return classical(92, 132)
        .rubato(0.02)
        .part(List.of(VIOLIN, FLUTE), range(67, 91), 116, Melody.of(1, 4, Touch.SINGING, WALKING))
        .part(List.of(CELLO, CLARINET), range(48, 67), 116, Melody.of(2, 4, Touch.SINGING, RUNNING))
        .part(
            List.of(PIANO), range(57, 79), 80, Arpeggio.of("0-1-2-3-4-3-2-1-", "012-012-012-012-"))
        .part(
            List.of(PIANO), range(38, 52), 86, BassLine.of("r---5---r---5---", "r-------5-------"))
        .build();
  }
}
