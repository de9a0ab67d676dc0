package org.genrewise.picture;

/**
 * Where the cells of a slice come to lie in a picture. Between them stands the image that librosa's
 * {@code specshow} and matplotlib's {@code savefig} make with 6.4 x 4.8 inches, 100 dots per inch
 * and a tight box: 496 x 369 pixels, of axes 496 x 369.6 pixels whose uppermost 0.6 are cut off. A
 * pixel shows the cell under its centre, and the earlier cell where the centre lies on a border.
 * (Measured. Exact for all slices of 84 bins and 485 to 496 frames, and for nearly all others of 2
 * bins and 2 frames or more.)
 *
 * @param bins of the slice
 * @param frames of the slice
 * @param rows from the slice's rows, counted from the highest note, to the picture's
 * @param columns from the slice's columns to the picture's
 */
record Layout(int bins, int frames, Taps rows, Taps columns) {

  static Layout of(int bins, int frames, int height, int width) {
    int[] rows = new int[Drawing.IMAGE_HEIGHT];
    for (int row = 0; row < rows.length; row++) {
      // (row + 0.5 + 0.6) / 369.6 of all bins, in integers
      rows[row] = cell((10L * row + 11) * bins, 3696);
    }
    int[] columns = new int[Drawing.IMAGE_WIDTH];
    for (int column = 0; column < columns.length; column++) {
      columns[column] = cell((2L * column + 1) * frames, 2 * columns.length);
    }
    return new Layout(bins, frames, Taps.bilinear(rows, height), Taps.bilinear(columns, width));
  }

  /** The cell at {@code numerator / denominator}; a whole number is the border before its cell. */
  private static int cell(long numerator, int denominator) {
    return (int) ((numerator - 1) / denominator);
  }
}
