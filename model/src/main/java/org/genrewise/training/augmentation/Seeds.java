package org.genrewise.training.augmentation;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** Independent random numbers for every epoch and picture, and for every epoch and batch. */
record Seeds(long seed) {
  private static final long PICTURE = 1;
  private static final long BATCH = 2;

  RandomGenerator ofPicture(int epoch, long picture) {
    return of(PICTURE, epoch, picture);
  }

  RandomGenerator ofBatch(int epoch, long batch) {
    return of(BATCH, epoch, batch);
  }

  private RandomGenerator of(long purpose, long epoch, long number) {
    return new SplittableRandom(mix(mix(mix(mix(seed) + purpose) + epoch) + number));
  }

  /** Stafford's variant 13 of the finaliser of MurmurHash3, after a step by the golden ratio. */
  private static long mix(long value) {
    long z = value + 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
