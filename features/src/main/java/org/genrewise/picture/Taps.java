package org.genrewise.picture;

import java.util.Arrays;

/**
 * Which cells make each output pixel along one axis, and how much of each: Pillow's bilinear resize
 * with antialias (a triangle filter, as wide as the reduction) of a raster whose neighbouring
 * pixels may show the same cell. The weights of such neighbours are added up, which changes nothing
 * in integer arithmetic and saves most of the work.
 *
 * @param start where the taps of each output pixel begin in the other two, and at last their number
 * @param cells the cell of each tap, ascending
 * @param weights of each tap, in units of 2^-22; those of an output pixel add up to 1 but for
 *     rounding, and none is negative
 * @see <a
 *     href="https://github.com/python-pillow/Pillow/blob/main/src/libImaging/Resample.c">Resample.c
 *     of Pillow</a>
 */
record Taps(int[] start, int[] cells, int[] weights) {

  /** Binary digits of a weight after the point. */
  static final int PRECISION = 22;

  /** Added before the shift by {@link #PRECISION}, to round to nearest. */
  static final int HALF = 1 << (PRECISION - 1);

  /**
   * The taps of {@code pixels} output pixels.
   *
   * @param raster the cell that each raster pixel shows, ascending
   */
  static Taps bilinear(int[] raster, int pixels) {
    double scale = (double) raster.length / pixels;
    double support = Math.max(scale, 1);
    int most = pixels * (2 * (int) Math.ceil(support) + 1);
    int[] start = new int[pixels + 1];
    int[] cells = new int[most];
    int[] weights = new int[most];
    int end = 0;
    for (int pixel = 0; pixel < pixels; pixel++) {
      double centre = (pixel + 0.5) * scale;
      int first = Math.max(0, (int) (centre - support + 0.5));
      int last = Math.min(raster.length, (int) (centre + support + 0.5));
      double sum = 0;
      for (int i = first; i < last; i++) {
        sum += triangle(i - centre + 0.5, support);
      }
      for (int i = first; i < last; i++) {
        double share = triangle(i - centre + 0.5, support) / sum;
        if (end == start[pixel] || cells[end - 1] != raster[i]) {
          cells[end++] = raster[i];
        }
        weights[end - 1] += (int) (0.5 + share * (1 << PRECISION));
      }
      start[pixel + 1] = end;
    }
    return new Taps(start, Arrays.copyOf(cells, end), Arrays.copyOf(weights, end));
  }

  /** Number of output pixels. */
  int pixels() {
    return start.length - 1;
  }

  /** From the first to the last cell of an output pixel there are at most so many. */
  int span() {
    int span = 0;
    for (int pixel = 0; pixel < pixels(); pixel++) {
      span = Math.max(span, cells[start[pixel + 1] - 1] - cells[start[pixel]] + 1);
    }
    return span;
  }

  private static double triangle(double distance, double support) {
    // Pillow multiplies by the reciprocal; a division would round differently.
    return Math.max(0, 1 - Math.abs(distance * (1 / support)));
  }
}
