package org.genrewise.corpus;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Percussion: a groove for each section, fills where a phrase ends, a crash where a loud one
 * begins.
 *
 * @param fill how often a phrase ends with a fill, 0 to 1
 * @param crash a phrase of at least this intensity begins with a crash
 * @param grooves each a number of lanes that sound together, divided by spaces; one character a
 *     sixteenth, named in {@link #key}
 */
record Drums(double fill, double crash, List<String> grooves) implements Texture {

  private static final double LENGTH = 0.2;
  private static final List<String> FILLS =
      List.of("TtTtffff", "SSTTttff", "S.ST.tff", "SSSSTtff", "T.Tt.tfS");

  static Drums of(double fill, double crash, String... grooves) {
    return new Drums(fill, crash, List.of(grooves));
  }

  @Override
  public void play(Song song, Voice voice) {
    Random random = voice.random();
    for (Bar bar : song.bars()) {
      if (!voice.plays(bar)) {
        continue;
      }
      if (bar.last()) {
        strike("X", bar, 0, voice);
        strike("K", bar, 0, voice);
        continue;
      }
      boolean filled = bar.endsPhrase() && random.nextDouble() < fill;
      String groove = Slots.choice(grooves, song, bar, Score.DRUMS);
      int until = filled ? bar.slots() - 8 : bar.slots();
      Arrays.stream(groove.split(" "))
          .forEach(lane -> strike(Slots.fitted(lane, bar).substring(0, until), bar, 0, voice));
      if (filled) {
        strike(FILLS.get(random.nextInt(FILLS.size())), bar, until, voice);
      }
      if (bar.inPhrase() == 0 && bar.intensity() >= crash) {
        strike("X", bar, 0, voice);
      }
    }
  }

  private static void strike(String lane, Bar bar, int from, Voice voice) {
    for (int index = 0; index < lane.length(); index++) {
      char symbol = lane.charAt(index);
      if (symbol != Slots.REST) {
        int slot = from + index;
        int velocity = voice.velocity(bar, slot) + loudness(symbol);
        voice.play(voice.moment(bar, slot), LENGTH, key(symbol), velocity);
      }
    }
  }

  /** General MIDI's percussion keys. */
  private static int key(char symbol) {
    return switch (symbol) {
      case 'K' -> 36;
      case 'S', 'g' -> 38;
      case 's', 'w' -> 37;
      case 'C' -> 39;
      case 'h' -> 42;
      case 'H' -> 46;
      case 'X' -> 49;
      case 'R' -> 51;
      case 'T' -> 50;
      case 't' -> 47;
      case 'f' -> 43;
      case 'b' -> 54;
      default -> throw new IllegalArgumentException("no drum is named '" + symbol + "'");
    };
  }

  private static int loudness(char symbol) {
    return switch (symbol) {
      case 'K', 'S', 'C' -> 10;
      case 'g', 'w' -> -42;
      case 'h', 'R', 'b' -> -18;
      default -> 0;
    };
  }
}
