package org.genrewise.training.augmentation;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Changes training pictures by chance. What it does to a picture depends on its seed, the epoch and
 * the picture alone, not on what was asked before. Safe for many threads.
 */
public final class Augmentation {

  /** The index of silence, the colour map's lowest. */
  private static final byte BLANK = 0;

  private final AugmentationSettings settings;
  private final Seeds seeds;

  public Augmentation(AugmentationSettings settings, long seed) {
    this.settings = settings;
    this.seeds = new Seeds(seed);
  }

  /**
   * A picture, shifted in time and in frequency and then masked. Bins that are shifted in and cells
   * that are masked have index 0.
   *
   * @param indices colour indices, bins x frames, row-major, low note first; left as they are
   * @param epoch changes with every epoch
   * @param picture which one
   * @return a new array; the same where pictures are not changed
   */
  public byte[] apply(byte[] indices, int bins, int frames, int epoch, long picture) {
    if (settings.keepsPictures()) {
      return indices;
    }
    RandomGenerator random = seeds.ofPicture(epoch, picture);
    int later = signed(random, (int) (settings.timeShift() * frames));
    int higher = signed(random, settings.frequencyShift());
    byte[] changed = shift(indices, bins, frames, Math.floorMod(later, frames), higher);
    for (int i = 0; i < settings.timeMasks(); i++) {
      maskFrames(changed, bins, frames, random);
    }
    for (int i = 0; i < settings.frequencyMasks(); i++) {
      maskBins(changed, bins, frames, random);
    }
    return changed;
  }

  /**
   * The share of the first of two pictures that a batch mixes, from 0.5 to 1: which of them is the
   * first is the same either way, so the larger share is its.
   *
   * @return 1 where mixing is off
   */
  public double mixingShare(int epoch, int batch) {
    if (settings.mixup() == 0) {
      return 1;
    }
    double share = Beta.symmetric(settings.mixup(), seeds.ofBatch(epoch, batch));
    return Math.max(share, 1 - share);
  }

  private static int signed(RandomGenerator random, int largest) {
    return random.nextInt(-largest, largest + 1);
  }

  private static byte[] shift(byte[] indices, int bins, int frames, int later, int higher) {
    byte[] shifted = new byte[indices.length];
    for (int bin = Math.max(0, higher); bin < Math.min(bins, bins + higher); bin++) {
      int from = (bin - higher) * frames;
      int to = bin * frames;
      System.arraycopy(indices, from, shifted, to + later, frames - later);
      System.arraycopy(indices, from + frames - later, shifted, to, later);
    }
    return shifted;
  }

  private void maskFrames(byte[] picture, int bins, int frames, RandomGenerator random) {
    int width = random.nextInt((int) (settings.timeMaskWidth() * frames) + 1);
    int from = random.nextInt(frames - width + 1);
    for (int bin = 0; bin < bins; bin++) {
      int row = bin * frames + from;
      Arrays.fill(picture, row, row + width, BLANK);
    }
  }

  private void maskBins(byte[] picture, int bins, int frames, RandomGenerator random) {
    int width = random.nextInt(Math.min(settings.frequencyMaskWidth(), bins) + 1);
    int from = random.nextInt(bins - width + 1);
    Arrays.fill(picture, from * frames, (from + width) * frames, BLANK);
  }
}
