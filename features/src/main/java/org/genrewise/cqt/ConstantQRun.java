package org.genrewise.cqt;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * One transform in progress. Pieces of any size give the same magnitudes, bit for bit. Samples are
 * not kept: beside a few megabytes of working memory only the magnitudes grow. One run, one thread.
 */
public final class ConstantQRun {
  private static final int MOST_HOPS = 512;
  private static final int FEWEST_HOPS = 32;

  /** Values in the largest level's rows together. */
  private static final int WORKING_VALUES = 1 << 19;

  private final CqtSettings settings;
  private final List<Level> levels;

  private final int early;

  /** Hops that are computed together. */
  private final int block;

  private final float[] pending;
  private final float[][][] rows;

  /** The last value of each row in the block before. */
  private final float[][] carry;

  private final FilterBank.Scratch bankScratch;
  private final Ringing ringing;

  /** The last samples of the block before. */
  private final float[] recent;

  private int pendingSamples;
  private long samples;
  private long hopsDone;
  private boolean finished;

  /** Magnitudes, bins x capacity. */
  private float[] magnitudes;

  private int capacity;

  ConstantQRun(CqtSettings settings, List<Level> levels, int expectedFrames) {
    this.settings = settings;
    this.levels = levels;
    this.early = settings.earlyHalvings();
    int halvings =
        Math.min(
            early + settings.octaves() - 1, Integer.numberOfTrailingZeros(settings.hopLength()));
    this.ringing = new Ringing(halvings, early);
    this.recent = new float[Ringing.samples(halvings)];
    int mostRows = levels.stream().mapToInt(l -> l.hop() + l.history()).max().orElseThrow();
    int fitting = WORKING_VALUES / mostRows / FEWEST_HOPS * FEWEST_HOPS;
    int fewest = 2 * recent.length / settings.hopLength() + FEWEST_HOPS;
    this.block = Math.max(fewest, Math.min(MOST_HOPS, fitting));
    this.pending = new float[settings.hopLength() * block];
    this.rows = new float[levels.size()][][];
    this.carry = new float[levels.size()][];
    int filters = 0;
    for (int i = 0; i < levels.size(); i++) {
      Level level = levels.get(i);
      rows[i] = new float[level.history() + level.hop()][block];
      carry[i] = new float[level.history() + level.hop()];
      for (FilterBank bank : level.banks()) {
        filters = Math.max(filters, bank.size());
      }
    }
    this.bankScratch = new FilterBank.Scratch(filters, block);
    this.capacity = expectedFrames;
    this.magnitudes = new float[settings.bins() * expectedFrames];
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
      System.arraycopy(source, begin, pending, pendingSamples, count);
      pendingSamples += count;
      samples += count;
      begin += count;
      if (pendingSamples == pending.length) {
        if (hopsDone == 0) {
          ringing.begin(pending, 2 * recent.length);
        }
        processBlock(block, Long.MAX_VALUE);
        pendingSamples = 0;
        System.arraycopy(pending, pending.length - recent.length, recent, 0, recent.length);
      }
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
    long frames = 1 + Level.lengthAfter(early, samples) / (settings.hopLength() >> early);
    int lag = 0;
    for (Level level : levels) {
      for (FilterBank bank : level.banks()) {
        lag = Math.max(lag, level.lag(bank));
      }
    }
    computeRinging();
    while (hopsDone < frames + lag) {
      Arrays.fill(pending, pendingSamples, pending.length, 0);
      processBlock((int) Math.min(block, frames + lag - hopsDone), frames);
      pendingSamples = 0;
    }
    return new Spectrogram(settings.bins(), (int) frames, compact((int) frames));
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
      ringing.begin(pending, 2 * needed);
      int skipped = (pendingSamples / needed - 1) * needed;
      ringing.end(pending, skipped, pendingSamples - skipped, skipped);
    }
  }

  private void processBlock(int hops, long frames) {
    transpose(hops);
    for (int i = 0; i < levels.size(); i++) {
      Level level = levels.get(i);
      if (i > 0) {
        halve(i, hops);
      }
      completeHistory(i, hops);
      for (FilterBank bank : level.banks()) {
        long firstFrame = hopsDone - level.lag(bank);
        bank.apply(rows[i], level.history() + level.centreRow(bank), bankScratch, hops);
        if (bank.resampled() && ringing.cuts(i + 1)) {
          cutFrames(bank, i + 1, firstFrame, hops);
        }
        bank.takeMagnitudes(bankScratch, hops);
        store(bank, firstFrame, hops, frames);
      }
    }
    hopsDone += hops;
  }

  /** Spreads the pending samples over the first level's rows, in tiles that suit the cache. */
  private void transpose(int hops) {
    int hop = settings.hopLength();
    int history = levels.get(0).history();
    for (int begin = 0; begin < hops; begin += 8) {
      int end = Math.min(hops, begin + 8);
      for (int r = 0; r < hop; r++) {
        float[] row = rows[0][history + r];
        for (int t = begin; t < end; t++) {
          row[t] = pending[t * hop + r];
        }
      }
    }
  }

  private void halve(int i, int hops) {
    Level above = levels.get(i - 1);
    Level level = levels.get(i);
    int centre = above.history() + above.decimatorRow();
    Decimator.apply(
        rows[i - 1], centre, rows[i], level.history(), level.hop(), bankScratch.unused(), hops);
    if (ringing.cuts(i)) {
      cutRows(i, -ringing.before(i).length, ringing.before(i), hops);
      if (finished) {
        cutRows(i, Level.lengthAfter(i, samples), ringing.after(i), hops);
      }
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

  /** Each row below 0 is the row one hop above it, one position later. */
  private void completeHistory(int i, int hops) {
    int hop = levels.get(i).hop();
    for (int r = levels.get(i).history() - 1; r >= 0; r--) {
      float[] later = rows[i][r + hop];
      float[] row = rows[i][r];
      System.arraycopy(later, 0, row, 1, hops - 1);
      row[0] = carry[i][r + hop];
    }
    for (int r = hop; r < rows[i].length; r++) {
      carry[i][r] = rows[i][r][hops - 1];
    }
  }

  private void store(FilterBank bank, long firstFrame, int hops, long frames) {
    int from = (int) Math.max(0, -firstFrame);
    int to = (int) Math.min(hops, frames - firstFrame);
    if (from >= to) {
      return;
    }
    reserve(firstFrame + to);
    for (int k = 0; k < bank.size(); k++) {
      int target = bank.bin(k) * capacity + (int) (firstFrame + from);
      System.arraycopy(bankScratch.magnitudes(k), from, magnitudes, target, to - from);
    }
  }

  private void reserve(long frames) {
    if (frames <= capacity) {
      return;
    }
    long most = (Integer.MAX_VALUE - 8) / settings.bins();
    if (frames > most) {
      throw new IllegalArgumentException(
          "%d frames of %d bins are too many for one array; use at most %d frames: shorter audio or"
              + " a longer hop than %d"
                  .formatted(frames, settings.bins(), most, settings.hopLength()));
    }
    relocate((int) Math.min(most, frames + frames / 2));
  }

  private void relocate(int newCapacity) {
    float[] target = new float[settings.bins() * newCapacity];
    int kept = Math.min(capacity, newCapacity);
    for (int bin = 0; bin < settings.bins(); bin++) {
      System.arraycopy(magnitudes, bin * capacity, target, bin * newCapacity, kept);
    }
    magnitudes = target;
    capacity = newCapacity;
  }

  private float[] compact(int frames) {
    if (capacity != frames) {
      relocate(frames);
    }
    for (float magnitude : magnitudes) {
      if (!Float.isFinite(magnitude)) {
        throw new IllegalArgumentException(
            "the audio has samples that are not finite, or too large to square; repair or scale it");
      }
    }
    return magnitudes;
  }

  private void requireUnfinished() {
    if (finished) {
      throw new IllegalStateException("this run is finished; start a new one");
    }
  }
}
