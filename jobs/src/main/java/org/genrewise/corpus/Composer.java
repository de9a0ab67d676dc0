package org.genrewise.corpus;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Writes a piece: draws what its arrangement leaves open, plans the bars, lets every part play. */
final class Composer {

  /** Seconds after the last bar in which the last chord dies away. */
  private static final double RING = 0.5;

  /**
   * The last bar holds one chord, for as long as fits, in bars; so that a piece can have nearly any
   * tempo and still the wanted length.
   */
  private static final double SHORTEST_END = 0.35;

  private static final double MIDDLING_END = 0.6;
  private static final double LONGEST_END = 0.85;

  /** How much longer the last bar but one is, in units of the rubato. */
  private static final double RITARDANDO = 4;

  private Composer() {}

  /**
   * A piece as a Standard MIDI File. The same arguments always give the same bytes.
   *
   * @param genre class of the piece
   * @param number of the piece in its class, from 1
   * @param settings length and seed
   */
  static byte[] compose(Genre genre, int number, CorpusSettings settings) {
    long seed = Seeds.derived(Seeds.derived(settings.seed(), genre.ordinal()), number);
    Random random = new Random(seed);
    List<Arrangement> arrangements = genre.arrangements();
    // In turn, so that a small corpus has all of them in their due shares.
    Arrangement arrangement = arrangements.get(number % arrangements.size());
    Score score = new Score();
    Song song = plan(arrangement, settings.secondsPerTrack() - RING, random, score);
    for (Part part : arrangement.parts()) {
      long liberties = random.nextLong();
      if (random.nextDouble() < part.chance()) {
        part.texture().play(song, voice(part, song, score, new Random(liberties)));
      }
    }
    return score.toMidi();
  }

  private static Voice voice(Part part, Song song, Score score, Random random) {
    List<Integer> palette = part.palette();
    int channel =
        palette.isEmpty()
            ? score.drums(part.volume())
            : score.part(
                palette.get(song.theme(palette.hashCode()).nextInt(palette.size())), part.volume());
    return new Voice(score, channel, part.range(), part.enters(), song.swing(), random);
  }

  private static Song plan(Arrangement arrangement, double seconds, Random random, Score score) {
    double tempo =
        arrangement.slowest()
            + random.nextDouble() * (arrangement.fastest() - arrangement.slowest());
    double exact = seconds * tempo / 60 / arrangement.beats();
    int count = (int) Math.max(2, 1 + Math.round(exact - MIDDLING_END));
    double end = Math.max(SHORTEST_END, Math.min(LONGEST_END, exact - (count - 1)));
    Mode mode = arrangement.modes().get(random.nextInt(arrangement.modes().size()));
    int tonic = random.nextInt(12);
    List<Bar> bars = bars(arrangement, mode, tonic, count, random);
    keepTime(arrangement, seconds, count, end, random, score);
    double swing = arrangement.swing() * (0.5 + 0.5 * random.nextDouble());
    return new Song(tonic, mode, swing, bars, random.nextLong());
  }

  private static List<Bar> bars(
      Arrangement arrangement, Mode mode, int tonic, int count, Random random) {
    int phraseBars = count >= 8 ? 4 : 2;
    int phrases = (count + phraseBars - 1) / phraseBars;
    Map<Integer, Progression> harmony = new HashMap<>();
    List<Double> form = arrangement.form();
    List<List<Chord>> chords = new ArrayList<>();
    List<Integer> sections = new ArrayList<>();
    for (int index = 0; index < count; index++) {
      int phrase = index / phraseBars;
      int place = phrases == 1 ? form.size() - 1 : phrase * (form.size() - 1) / (phrases - 1);
      int section = form.indexOf(form.get(place));
      List<Progression> choice = arrangement.progressions(mode);
      Progression progression =
          harmony.computeIfAbsent(section, s -> choice.get(random.nextInt(choice.size())));
      sections.add(section);
      List<Chord> numerals =
          index == count - 1
              ? List.of(Chord.parse(mode == Mode.MAJOR || mode == Mode.MIXOLYDIAN ? "I" : "i"))
              : progression.bar(index % Math.max(phraseBars, progression.bars().size()));
      chords.add(numerals.stream().map(chord -> chord.above(tonic)).toList());
    }
    List<Bar> bars = new ArrayList<>();
    for (int index = 0; index < count; index++) {
      bars.add(
          new Bar(
              index,
              (double) index * arrangement.beats(),
              arrangement.beats(),
              chords.get(index),
              chords.get((index + 1) % count).get(0),
              sections.get(index),
              index % phraseBars,
              phraseBars,
              form.get(sections.get(index)),
              index == count - 1));
    }
    return bars;
  }

  /** Sets the tempo of each bar so that all of them together last as long as wanted. */
  private static void keepTime(
      Arrangement arrangement, double seconds, int count, double end, Random random, Score score) {
    double[] weights = new double[count];
    double sum = 0;
    for (int index = 0; index < count; index++) {
      double drift = Math.max(-2, Math.min(2, random.nextGaussian()));
      double slower = index == count - 2 ? RITARDANDO : 0;
      weights[index] = index == count - 1 ? end : 1 + arrangement.rubato() * (drift + slower);
      sum += weights[index];
    }
    for (int index = 0; index < count; index++) {
      double barSeconds = seconds * weights[index] / sum;
      score.tempo((double) index * arrangement.beats(), 60 * arrangement.beats() / barSeconds);
    }
  }
}
