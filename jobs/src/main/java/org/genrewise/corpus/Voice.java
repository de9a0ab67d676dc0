package org.genrewise.corpus;

import java.util.Random;

/**
 * One player: an instrument on a channel, its range, and when it plays.
 *
 * @param score where the notes go
 * @param channel of the instrument
 * @param low lowest pitch, a MIDI note number
 * @param high highest pitch, at least an octave above
 * @param enters the player rests in bars of less intensity
 * @param swing as in {@link Song}
 * @param random the player's own small liberties
 */
record Voice(
    Score score, int channel, int low, int high, double enters, double swing, Random random) {

  private static final int VIBRATO = 1;
  private static final int EXPRESSION = 11;

  /** Between notes, in beats, so that one ends before the same pitch begins again. */
  private static final double BREATH = 0.03;

  boolean plays(Bar bar) {
    return bar.intensity() >= enters;
  }

  /** A pitch moved by octaves into the range. */
  int fold(int pitch) {
    int folded = pitch;
    while (folded < low) {
      folded += 12;
    }
    while (folded > high) {
      folded -= 12;
    }
    return folded;
  }

  /**
   * How strongly to play at a slot: by intensity and by the weight of the beat, a little uneven.
   */
  int velocity(Bar bar, int slot) {
    int weight = slot == 0 ? 7 : slot % Bar.SLOTS == 0 ? 3 : slot % 2 == 0 ? 0 : -4;
    return (int) Math.round(52 + 50 * bar.intensity() + weight + 3.5 * random.nextGaussian());
  }

  /** The moment of a slot: swung, and a few milliseconds early or late. */
  double moment(Bar bar, int slot) {
    double late = slot % 2 == 1 ? swing / Bar.SLOTS : 0;
    return bar.beatOf(slot) + late + 0.012 * (random.nextDouble() - 0.5);
  }

  void play(double beat, double beats, int pitch, int velocity) {
    score.note(channel, beat, Math.max(0.06, beats - BREATH), pitch, velocity);
  }

  void vibrato(double beat, int depth) {
    score.control(channel, beat, VIBRATO, depth);
  }

  void expression(double beat, int level) {
    score.control(channel, beat, EXPRESSION, level);
  }

  void bend(double beat, double semitones) {
    score.bend(channel, beat, semitones);
  }
}
