package org.genrewise.cqt;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * One transform in progress. Pieces of any size give the same magnitudes, bit for bit. Samples are
 * not kept: beside a few megabytes of working memory only the magnitudes grow. One run, one thread.
 */
public final class ConstantQRun {
  private static final int MOST_HOPS = 128;
  private static final int FEWEST_HOPS = 32;

  /** Values in the largest level's rows together. */
  private static final int WORKING_VALUES = 1 << 19;

  private final CqtSettings settings;
  private final List<Level> levels;

  /** Hops that are computed together. */
  private final int block;

  private final float[] pending;

  /** For each level its rows. They are made for each block, and levels share them. */
  private final float[][][] rows;

  /** For each level and each of its rows from 0, what the blocks before ended with. */
  private final float[][][] tails;

  /** One of the tails, and the row after it. */
  private final float[] line;

  private final FilterBank.Scratch bankScratch;

  /** For each level and each of its banks. */
  private final Delay[][][] delays;

  private final Ringing ringing;
  private final Magnitudes magnitudes;

  /** The last samples of the block before. */
  private final float[] recent;

  private int pendingSamples;
  private long samples;
  private long hopsDone;
  private boolean finished;

  ConstantQRun(CqtSettings settings, List<Level> levels, int expectedFrames) {
    this.settings = settings;
    this.levels = levels;
    this.ringing = new Ringing(settings.halvings(), settings.earlyHalvings());
    this.recent = new float[Ringing.samples(settings.halvings())];
    int mostRows = levels.stream().mapToInt(l -> l.hop() + l.history()).max().orElseThrow();
    int fitting = WORKING_VALUES / mostRows / FEWEST_HOPS * FEWEST_HOPS;
    int fewest = 2 * recent.length / settings.hopLength() + FEWEST_HOPS;
    this.block = Math.max(fewest, Math.min(MOST_HOPS, fitting));
    this.pending = new float[settings.hopLength() * block];
    this.rows = new float[levels.size()][][];
    this.tails = new float[levels.size()][][];
    this.delays = new Delay[levels.size()][][];
    int mostHistory = levels.stream().mapToInt(Level::history).max().orElseThrow();
    float[][] shared = new float[mostHistory][block];
    int filters = 0;
    for (int i = 0; i < levels.size(); i++) {
      Level level = levels.get(i);
      rows[i] = new float[level.history() + level.hop()][];
      System.arraycopy(shared, 0, rows[i], 0, level.history());
      for (int r = 0; r < level.hop(); r++) {
        // Two levels above, nothing is needed any more when this one is made.
        rows[i][level.history() + r] =
            i < 2 ? new float[block] : rows[i - 2][levels.get(i - 2).history() + r];
      }
      tails[i] = new float[level.hop()][(level.history() + level.hop() - 1) / level.hop()];
      delays[i] = level.banks().stream().map(b -> b.delays(block)).toArray(Delay[][]::new);
      for (FilterBank bank : level.banks()) {
        filters = Math.max(filters, bank.size());
      }
    }
    int longestTail = Arrays.stream(tails).mapToInt(t -> t[0].length).max().orElseThrow();
    this.line = new float[longestTail + block];
    this.bankScratch = new FilterBank.Scratch(filters, block);
    this.magnitudes = new Magnitudes(settings.bins(), expectedFrames);
  }

  /**
   * Takes the next samples.
   *
   * @param source mono, at the settings' sample rate; not kept
   * @param offset of the first sample in it
   * @param length how many samples to take, from 0
   */
  public void accept(float[] source, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, source.length);
    requireUnfinished();
    int begin = offset;
    int end = offset + length;
    while (begin < end) {
      int count = Math.min(end - begin, pending.length - pendingSamples);
      samples += count;
      if (count == pending.length) {
        processWhole(source, begin);
      } else {
        System.arraycopy(source, begin, pending, pendingSamples, count);
        pendingSamples += count;
        if (pendingSamples == pending.length) {
          pendingSamples = 0;
          processWhole(pending, 0);
        }
      }
      begin += count;
    }
  }

  /**
   * Ends the audio.
   *
   * @return magnitudes, with {@code 1 + samples / hopLength} frames
   * @throws IllegalArgumentException if there were no samples, or some were not finite
   */
  public Spectrogram finish() {
    requireUnfinished();
    finished = true;
    if (samples == 0) {
      throw new IllegalArgumentException("no samples; a transform needs at least one");
    }
    long frames = settings.frames(samples);
    int lag = 0;
    for (Level level : levels) {
      for (FilterBank bank : level.banks()) {
        lag = Math.max(lag, level.lag(bank));
      }
    }
    computeRinging();
    while (hopsDone < frames + lag) {
      Arrays.fill(pending, pendingSamples, pending.length, 0);
      processBlock(pending, 0, (int) Math.min(block, frames + lag - hopsDone), frames);
      pendingSamples = 0;
    }
    return magnitudes.toSpectrogram(frames);
  }

  private void processWhole(float[] source, int offset) {
    if (hopsDone == 0) {
      ringing.begin(source, offset, recent.length);
    }
    processBlock(source, offset, block, Long.MAX_VALUE / 2);
    int end = offset + pending.length;
    System.arraycopy(source, end - recent.length, recent, 0, recent.length);
  }

  private void computeRinging() {
    int needed = recent.length;
    if (hopsDone > 0) {
      float[] last = Arrays.copyOf(recent, needed + pendingSamples);
      System.arraycopy(pending, 0, last, needed, pendingSamples);
      int skipped = pendingSamples / needed * needed;
      ringing.end(last, skipped, last.length - skipped, samples - last.length + skipped);
    } else if (pendingSamples < 4 * needed) {
      ringing.end(pending, 0, pendingSamples, 0);
    } else {
      ringing.begin(pending, 0, needed);
      int skipped = (pendingSamples / needed - 1) * needed;
      ringing.end(pending, skipped, pendingSamples - skipped, skipped);
    }
  }

  private void processBlock(float[] source, int offset, int hops, long frames) {
    transpose(source, offset, hops);
    for (int i = 0; i < levels.size(); i++) {
      Level level = levels.get(i);
      if (i > 0) {
        halve(i, hops);
      }
      completeHistory(i, hops);
      for (int b = 0; b < level.banks().size(); b++) {
        FilterBank bank = level.banks().get(b);
        long firstFrame = hopsDone - level.lag(bank);
        int centre = level.history() + level.centreRow(bank);
        bank.apply(rows[i], centre, bankScratch, delays[i][b], hops);
        if (bank.resampled() && ringing.cuts(i + 1)) {
          cutFrames(bank, i + 1, firstFrame, hops);
        }
        bank.takeMagnitudes(bankScratch, hops);
        store(bank, firstFrame, hops, frames);
      }
    }
    hopsDone += hops;
  }

  /**
   * Spreads samples over the first level's rows, four rows at a time: so the caches see the audio
   * once, and HotSpot hides their misses behind each other.
   */
  private void transpose(float[] source, int offset, int hops) {
    int hop = settings.hopLength();
    for (int r = 0; r < hop; r += 4) {
      // At the end a row may be written twice.
      int r1 = Math.min(r + 1, hop - 1);
      int r2 = Math.min(r + 2, hop - 1);
      int r3 = Math.min(r + 3, hop - 1);
      spread(source, offset, r, r1, r2, r3, hops);
    }
  }

  private void spread(float[] source, int offset, int r0, int r1, int r2, int r3, int hops) {
    int hop = settings.hopLength();
    int history = levels.get(0).history();
    float[] row0 = rows[0][history + r0];
    float[] row1 = rows[0][history + r1];
    float[] row2 = rows[0][history + r2];
    float[] row3 = rows[0][history + r3];
    int begin = offset;
    for (int t = 0; t < hops; t++) {
      row0[t] = source[begin + r0];
      row1[t] = source[begin + r1];
      row2[t] = source[begin + r2];
      row3[t] = source[begin + r3];
      begin += hop;
    }
  }

  private void halve(int i, int hops) {
    Level above = levels.get(i - 1);
    Level level = levels.get(i);
    int centre = above.history() + above.decimatorRow();
    Decimator.apply(
        rows[i - 1], centre, rows[i], level.history(), level.hop(), bankScratch.unused(), hops);
    if (ringing.drops(i) && hopsDone == 0) {
      dropBeginning(i, hops);
    }
    if (ringing.cuts(i)) {
      cutRows(i, -ringing.before(i).length, ringing.before(i), hops);
      if (finished) {
        cutRows(i, Level.lengthAfter(i, samples), ringing.after(i), hops);
      }
    }
  }

  private void dropBeginning(int i, int hops) {
    Level level = levels.get(i);
    for (int r = 0; r < level.hop(); r++) {
      int first = -Math.floorDiv(r - level.delay(), level.hop());
      Arrays.fill(rows[i][level.history() + r], 0, Math.max(0, Math.min(hops, first)), 0);
    }
  }

  private void cutRows(int i, long first, float[] ringing, int hops) {
    Level level = levels.get(i);
    for (int j = 0; j < ringing.length; j++) {
      long n = first + j + level.delay();
      long position = Math.floorDiv(n, (long) level.hop()) - hopsDone;
      if (position >= 0 && position < hops) {
        rows[i][level.history() + Math.floorMod(n, level.hop())][(int) position] -= ringing[j];
      }
    }
  }

  /** Takes the ringing away from the frames that see it. */
  private void cutFrames(FilterBank bank, int level, long firstFrame, int hops) {
    int hop = settings.hopLength() >> level;
    float[] before = ringing.before(level);
    float[] after = ringing.after(level);
    long end = finished ? Level.lengthAfter(level, samples) : Long.MAX_VALUE / 2;
    for (int t = (int) Math.max(0, -firstFrame); t < hops; t++) {
      long frameBegin = (firstFrame + t) * hop - bank.frame() / 2;
      if (frameBegin < 0) {
        bank.takeAway(bankScratch, t, before, -before.length - frameBegin);
      }
      if (frameBegin + bank.frame() > end) {
        bank.takeAway(bankScratch, t, after, end - frameBegin);
      }
    }
  }

  /** Fills the rows below 0: row {@code r - s * hop} is row r, s positions later. */
  private void completeHistory(int i, int hops) {
    int hop = levels.get(i).hop();
    int history = levels.get(i).history();
    for (int r = Math.max(0, hop - history); r < hop; r++) {
      float[] tail = tails[i][r];
      System.arraycopy(tail, 0, line, 0, tail.length);
      System.arraycopy(rows[i][history + r], 0, line, tail.length, hops);
      for (int s = 1; r - s * hop >= -history; s++) {
        System.arraycopy(line, tail.length - s, rows[i][history + r - s * hop], 0, hops);
      }
      System.arraycopy(line, hops, tail, 0, tail.length);
    }
  }

  private void store(FilterBank bank, long firstFrame, int hops, long frames) {
    int from = (int) Math.max(0, -firstFrame);
    int to = (int) Math.min(hops, frames - firstFrame);
    if (from >= to) {
      return;
    }
    magnitudes.reserve(firstFrame + to);
    for (int k = 0; k < bank.size(); k++) {
      int frame = (int) (firstFrame + from);
      magnitudes.put(bank.bin(k), frame, bankScratch.magnitudes(k), from, to - from);
    }
  }

  private void requireUnfinished() {
    if (finished) {
      throw new IllegalStateException("this run is finished; start a new one");
    }
  }
}
