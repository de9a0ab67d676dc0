package org.genrewise.device;

import java.io.Serializable;
import java.util.Locale;

/**
 * How busy a GPU was when it was looked at, once or several times; of several GPUs, all looks
 * together.
 *
 * @param looks how often; 0 where nothing is known
 * @param busy sum over the looks of the share of time in which it computed, each 0 to 1
 * @param peakBytes most memory in use at a look
 * @param totalBytes memory of the card
 */
public record GpuUse(long looks, double busy, long peakBytes, long totalBytes)
    implements Serializable {

  /** Nothing is known. */
  public static final GpuUse NONE = new GpuUse(0, 0, 0, 0);

  /**
   * One look.
   *
   * @param busy share of time, 0 to 1
   */
  public static GpuUse of(double busy, long usedBytes, long totalBytes) {
    return new GpuUse(1, busy, usedBytes, totalBytes);
  }

  /** Both together. */
  public GpuUse plus(GpuUse other) {
    return new GpuUse(
        looks + other.looks,
        busy + other.busy,
        Math.max(peakBytes, other.peakBytes),
        Math.max(totalBytes, other.totalBytes));
  }

  public boolean isKnown() {
    return looks > 0;
  }

  /** Mean share of time in which it computed, 0 to 1. */
  public double utilisation() {
    return busy / Math.max(1, looks);
  }

  /** For progress lines: {@code GPU 87 %, 12.3 of 40.0 GB}. */
  public String text() {
    return String.format(
        Locale.ROOT,
        "GPU %.0f %%, %.1f of %.1f GB",
        100 * utilisation(),
        peakBytes / 1e9,
        totalBytes / 1e9);
  }
}
