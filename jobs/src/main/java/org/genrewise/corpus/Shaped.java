package org.genrewise.corpus;

/**
 * A texture whose loudness moves.
 *
 * @param texture what is played
 * @param shape how its loudness moves
 */
record Shaped(Texture texture, Shape shape) implements Texture {

  /** Ways in which loudness moves. */
  enum Shape {
    /** Grows over the phrase. */
    SWELL,
    /** Ducks under each beat and comes back, as dance producers do with a compressor. */
    PUMP
  }

  static Shaped swelling(Texture texture) {
    return new Shaped(texture, Shape.SWELL);
  }

  static Shaped pumping(Texture texture) {
    return new Shaped(texture, Shape.PUMP);
  }

  @Override
  public void play(Song song, Voice voice) {
    for (Bar bar : song.bars()) {
      for (int slot = 0; slot < bar.slots(); slot++) {
        voice.expression(bar.beatOf(slot), level(bar, slot));
      }
    }
    texture.play(song, voice);
  }

  private int level(Bar bar, int slot) {
    if (bar.last()) {
      return 115;
    }
    return switch (shape) {
      case PUMP -> new int[] {18, 62, 104, 127}[slot % Bar.SLOTS];
      case SWELL ->
          78 + 49 * (bar.inPhrase() * bar.slots() + slot) / (bar.phraseBars() * bar.slots());
    };
  }
}
