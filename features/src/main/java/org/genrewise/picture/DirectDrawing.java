package org.genrewise.picture;

/**
 * Draws a slice without making the image that the reference saves. Both axes of that image only
 * repeat or drop the slice's cells, so the resize reads the cells themselves, and each row of the
 * slice is resized once however often the image repeats it.
 */
final class DirectDrawing implements Drawing {

  private static final int[] BLUE = new int[Magma.COLOURS];

  /** Red in the upper half and green in the lower, so that one product weighs both. */
  private static final long[] RED_GREEN = new long[Magma.COLOURS];

  static {
    for (int index = 0; index < Magma.COLOURS; index++) {
      int rgb = Magma.rgb(index);
      RED_GREEN[index] = (long) (rgb >> 16) << Integer.SIZE | rgb >> 8 & 0xff;
      BLUE[index] = rgb & 0xff;
    }
  }

  private final int height;
  private final int width;

  /** Of the last shape; the slices of a corpus have two or three, and it is quickly made. */
  private volatile Layout recent;

  DirectDrawing(int height, int width) {
    this.height = height;
    this.width = width;
    this.recent = Layout.of(1, 1, height, width);
  }

  @Override
  public void draw(byte[] indices, int bins, int frames, RowSink sink) {
    Layout layout = layout(bins, frames);
    Resize.draw(
        layout.rows(),
        width * PictureRenderer.CHANNELS,
        (row, levels) -> resizeRow(indices, (bins - 1 - row) * frames, layout.columns(), levels),
        sink);
  }

  private Layout layout(int bins, int frames) {
    Layout layout = recent;
    if (layout.bins() != bins || layout.frames() != frames) {
      layout = Layout.of(bins, frames, height, width);
      recent = layout;
    }
    return layout;
  }

  private static void resizeRow(byte[] indices, int begin, Taps columns, int[] levels) {
    int[] start = columns.start();
    int[] cells = columns.cells();
    int[] weights = columns.weights();
    for (int column = 0, to = 0; column + 1 < start.length; column++) {
      long redGreen = (long) Taps.HALF << Integer.SIZE | Taps.HALF;
      int blue = Taps.HALF;
      for (int tap = start[column]; tap < start[column + 1]; tap++) {
        int index = indices[begin + cells[tap]] & 0xff;
        redGreen += RED_GREEN[index] * weights[tap];
        blue += BLUE[index] * weights[tap];
      }
      levels[to++] = (int) (redGreen >> Integer.SIZE + Taps.PRECISION);
      levels[to++] = (int) redGreen >> Taps.PRECISION;
      levels[to++] = blue >> Taps.PRECISION;
    }
  }
}
