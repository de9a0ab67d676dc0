package org.genrewise.picture;

/** Draws slices as pictures of one size, row by row. Thread-safe. */
interface Drawing {

  /** Height of the image that the reference saves, in pixels. */
  int IMAGE_HEIGHT = 369;

  /** Width of the image that the reference saves, in pixels. */
  int IMAGE_WIDTH = 496;

  /** Takes a finished row of the picture; its array is used again for the next. */
  interface RowSink {
    /**
     * @param row from 0 at the top
     * @param levels of the row, width x 3, 0 to 255
     */
    void accept(int row, int[] levels);
  }

  /**
   * @param indices bins x frames colour indices, row-major, low note first
   * @param sink takes every row, from the top
   */
  void draw(byte[] indices, int bins, int frames, RowSink sink);
}
