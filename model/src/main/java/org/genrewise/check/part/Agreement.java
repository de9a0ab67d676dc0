package org.genrewise.check.part;

import java.util.Locale;

/**
 * How well a device's 32-bit results agree with the CPU's. Libraries of GPUs may multiply 32-bit
 * floats as TF32, with 10 bits of each factor: that is as far from the CPU as 16 bits are, and no
 * fault.
 */
enum Agreement {
  /** But for the order of sums. */
  FLOAT32,
  /** As products of 10 bits would. */
  TF32,
  /** Worse than rounding explains. */
  NONE;

  /** Judges by two distances that are allowed. */
  static Agreement of(Difference difference, double float32, double tf32) {
    if (difference.isWithin(float32)) {
      return FLOAT32;
    }
    return difference.isWithin(tf32) ? TF32 : NONE;
  }

  /** For summaries, as it stands in results. */
  String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The worse of two. */
  Agreement and(Agreement other) {
    return compareTo(other) >= 0 ? this : other;
  }
}
