package org.genrewise.cqt;

import java.util.Arrays;

/**
 * What the resampler makes of the audio before its beginning and after its end. Each halving starts
 * from a signal that begins and ends where the audio does, so this has to go; where audio begins or
 * ends abruptly it is strong enough to hear.
 *
 * <p>It is computed from a few thousand samples at either end, level by level, and is taken away
 * from the frames that see it. For the levels below to be right, it is also taken away from the
 * half-band signal beyond the ends: what remains there is what their resampler does not see.
 */
final class Ringing {
  /** Samples beyond an end that matter. */
  private static final int REACH = LowPass.RESAMPLER.reach();

  private final int levels;
  private final int early;

  /** For each level, the samples just before the first. */
  private final float[][] before;

  /** For each level, the samples just after the last. */
  private final float[][] after;

  /**
   * @param levels halvings of the rate
   * @param early how many of them come before the first octave; librosa makes these in one step
   */
  Ringing(int levels, int early) {
    this.levels = levels;
    this.early = early;
    this.before = new float[levels + 1][REACH];
    this.after = new float[levels + 1][REACH];
  }

  /** How many samples at an end have to be known, a multiple of all halvings together. */
  static int samples(int levels) {
    return (REACH + LowPass.HALF_BAND.reach() + 10) / 2 << levels;
  }

  /**
   * Whether a level has nothing before the beginning of the audio, but does have what rings after
   * its end: so the resampler of librosa treats halvings on the way to a lower rate.
   */
  boolean drops(int level) {
    return level < early;
  }

  /** Whether a level's signal ends sharply where the audio does, on both sides. */
  boolean cuts(int level) {
    return level >= Math.max(1, early);
  }

  float[] before(int level) {
    return before[level];
  }

  float[] after(int level) {
    return after[level];
  }

  /** Computes what comes before the first of these samples. */
  void begin(float[] samples, int offset, int count) {
    compute(samples, offset, count, 0, Long.MAX_VALUE / 2);
  }

  /**
   * Computes what comes after the last of these samples, and before the first if it is among them.
   *
   * @param first index of the first sample in the audio, a multiple of all halvings together
   */
  void end(float[] samples, int offset, int count, long first) {
    compute(samples, offset, count, first, first + count);
  }

  private void compute(float[] samples, int offset, int count, long first, long length) {
    boolean beginning = first == 0;
    boolean ending = length == first + count;
    float[] signal = Arrays.copyOfRange(samples, offset, offset + count);
    long start = first;
    for (int level = 1; level <= levels; level++) {
      int reach = LowPass.HALF_BAND.reach();
      long end = start + signal.length;
      long newStart = -Math.floorDiv(beginning ? REACH - start : -reach - start, 2L);
      long newEnd = Math.floorDiv(end - 1 + (ending ? REACH : -reach), 2L) + 1;
      long cut = Level.lengthAfter(level, length);
      float[] halved = new float[(int) Math.max(0, newEnd - newStart)];
      for (long n = newStart; n < newEnd; n++) {
        float value = LowPass.HALF_BAND.apply(signal, 2 * n - start);
        boolean outside = beginning && n < 0 || ending && n >= cut;
        if (outside && cuts(level)) {
          float rung = LowPass.RESAMPLER.apply(signal, 2 * n - start);
          value -= rung;
          if (n < 0 && n >= -REACH) {
            before[level][(int) n + REACH] = rung;
          } else if (n >= cut && n < cut + REACH) {
            after[level][(int) (n - cut)] = rung;
          }
        }
        if (beginning && n < 0 && drops(level)) {
          value = 0;
        }
        halved[(int) (n - newStart)] = value;
      }
      signal = halved;
      start = newStart;
    }
  }
}
