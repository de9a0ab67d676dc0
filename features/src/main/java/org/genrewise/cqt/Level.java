package org.genrewise.cqt;

import java.util.List;

/**
 * One sample rate of the transform: the octaves that are computed at it, and how the next, halved
 * one is made.
 *
 * <p>A level works on rows: row {@code r} holds, at position {@code t}, the sample {@code t * hop +
 * r - delay}. Rows 0 to {@code hop - 1} are what a hop brings; those below 0 are the same samples
 * of earlier hops, so that whatever looks back finds each sample at one position {@code t}.
 *
 * @param hop samples between frames at this rate
 * @param delay samples by which a hop's rows lag behind the audio, since filters look ahead
 * @param history rows below 0
 * @param banks the octaves at this rate; none while the rate is only being halved
 * @param decimator makes the next level's rows; null for the last level
 * @param nextDelay the next level's delay
 */
record Level(
    int hop, int delay, int history, List<FilterBank> banks, Decimator decimator, int nextDelay) {

  static Level of(int hop, int delay, List<FilterBank> banks, boolean last) {
    Decimator decimator = last ? null : new Decimator(hop / 2);
    int nextDelay = (delay + Decimator.REACH) / 2;
    Level level = new Level(hop, delay, 0, banks, decimator, nextDelay);
    int history = last ? 0 : decimator.padding() - level.decimatorRow();
    for (FilterBank bank : banks) {
      history = Math.max(history, -level.frameRow(bank));
    }
    return new Level(hop, delay, history, banks, decimator, nextDelay);
  }

  /** The row that the decimator's first tap meets for its first output. */
  int decimatorRow() {
    return delay - 2 * nextDelay - Decimator.REACH;
  }

  /** How many frames a bank's answers lag behind, as it waits for the end of its frame. */
  int lag(FilterBank bank) {
    return Math.max(0, Math.floorDiv(bank.frame() / 2 + delay - 1, hop));
  }

  /** The row that holds the first sample of a bank's frame. */
  int frameRow(FilterBank bank) {
    return delay - hop * lag(bank) - bank.frame() / 2;
  }
}
