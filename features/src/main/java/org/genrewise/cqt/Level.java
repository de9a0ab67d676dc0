package org.genrewise.cqt;

import java.util.List;

/**
 * One sample rate of the transform, and the octaves that are computed from it.
 *
 * <p>A level works on rows: row {@code r} holds, at position {@code t}, the sample {@code t * hop +
 * r - delay}. Rows 0 to {@code hop - 1} are what a hop brings; those below 0 are the same samples
 * of earlier hops, so that whatever looks back finds each sample at one position {@code t}.
 *
 * @param hop samples between frames at this rate
 * @param delay samples by which a hop's rows lag behind the audio, since filters look ahead
 * @param history rows below 0
 * @param banks the octaves that are computed from this rate
 */
record Level(int hop, int delay, int history, List<FilterBank> banks) {

  static Level of(int hop, int delay, List<FilterBank> banks) {
    Level level = new Level(hop, delay, 0, banks);
    int history = LowPass.HALF_BAND.reach() - level.decimatorRow();
    for (FilterBank bank : banks) {
      history = Math.max(history, bank.lookBack() - level.centreRow(bank));
    }
    return new Level(hop, delay, history, banks);
  }

  /** The delay of the level below: enough to look ahead, and for what rings before the audio. */
  static int delayBelow(int delay) {
    return (delay + LowPass.RESAMPLER.reach()) / 2;
  }

  /** The row in the centre of the first row of the level below. */
  int decimatorRow() {
    return delay - 2 * delayBelow(delay);
  }

  /** How many frames a bank's answers lag behind, as it waits for the end of its frame. */
  int lag(FilterBank bank) {
    return Math.max(0, Math.floorDiv(bank.lookAhead() + delay, hop));
  }

  /** How far from the centre of a frame a sample matters, at this rate, on either side. */
  int reach() {
    return banks.stream()
        .mapToInt(bank -> Math.max(bank.lookBack(), bank.lookAhead()))
        .max()
        .orElse(0);
  }

  /** The row that holds the centre of a bank's frame. */
  int centreRow(FilterBank bank) {
    return delay - hop * lag(bank);
  }

  /** Length of a signal after halving its rate so often. */
  static long lengthAfter(int halvings, long length) {
    return (length + (1L << halvings) - 1) >> halvings;
  }
}
