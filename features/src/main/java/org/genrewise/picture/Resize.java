package org.genrewise.picture;

import java.util.Arrays;

/**
 * Pillow's resize in two passes: the horizontal one first, and rounded to 8 bits. A row of the
 * image is resized once, just before the first row of the picture that needs it, and only the rows
 * under one row of the picture are kept.
 */
final class Resize {

  private Resize() {}

  /** The horizontal pass. */
  interface RowSource {
    /**
     * @param row of the image, from 0 at the top
     * @param levels gets the row as wide as the picture, width x 3, 0 to 255
     */
    void resize(int row, int[] levels);
  }

  /**
   * The vertical pass.
   *
   * @param rows which rows of the image make each row of the picture
   * @param length values in a row of the picture
   */
  static void draw(Taps rows, int length, RowSource source, Drawing.RowSink sink) {
    int[][] resized = new int[rows.span()][length];
    int[] levels = new int[length];
    int next = 0;
    for (int row = 0; row < rows.pixels(); row++) {
      int end = rows.start()[row + 1];
      for (; next <= rows.cells()[end - 1]; next++) {
        source.resize(next, resized[next % resized.length]);
      }
      Arrays.fill(levels, Taps.HALF);
      for (int tap = rows.start()[row]; tap < end; tap++) {
        add(resized[rows.cells()[tap] % resized.length], rows.weights()[tap], levels);
      }
      for (int i = 0; i < length; i++) {
        levels[i] >>= Taps.PRECISION;
      }
      sink.accept(row, levels);
    }
  }

  private static void add(int[] row, int weight, int[] sums) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] += row[i] * weight;
    }
  }
}
