package org.genrewise.picture;

import java.util.stream.IntStream;

/** Makes the image that the reference saves, sends it through JPEG, and resizes it. */
final class JpegDrawing implements Drawing {

  private static final int CHANNELS = PictureRenderer.CHANNELS;
  private static final int LENGTH = IMAGE_WIDTH * CHANNELS;

  private final Drawing image = new DirectDrawing(IMAGE_HEIGHT, IMAGE_WIDTH);
  private final Taps rows;
  private final Taps columns;

  JpegDrawing(int height, int width) {
    rows = Taps.bilinear(IntStream.range(0, IMAGE_HEIGHT).toArray(), height);
    columns = Taps.bilinear(IntStream.range(0, IMAGE_WIDTH).toArray(), width);
  }

  @Override
  public void draw(byte[] indices, int bins, int frames, RowSink sink) {
    byte[] drawn = new byte[IMAGE_HEIGHT * LENGTH];
    image.draw(
        indices,
        bins,
        frames,
        (row, levels) -> {
          for (int i = 0; i < LENGTH; i++) {
            drawn[row * LENGTH + i] = (byte) levels[i];
          }
        });
    byte[] read = JpegCodec.roundTrip(drawn, IMAGE_HEIGHT, IMAGE_WIDTH);
    Resize.draw(
        rows,
        columns.pixels() * CHANNELS,
        (row, levels) -> resizeRow(read, row * LENGTH, levels),
        sink);
  }

  private void resizeRow(byte[] rgb, int begin, int[] levels) {
    for (int column = 0, to = 0; column < columns.pixels(); column++) {
      int red = Taps.HALF;
      int green = Taps.HALF;
      int blue = Taps.HALF;
      for (int tap = columns.start()[column]; tap < columns.start()[column + 1]; tap++) {
        int from = begin + columns.cells()[tap] * CHANNELS;
        int weight = columns.weights()[tap];
        red += (rgb[from] & 0xff) * weight;
        green += (rgb[from + 1] & 0xff) * weight;
        blue += (rgb[from + 2] & 0xff) * weight;
      }
      levels[to++] = red >> Taps.PRECISION;
      levels[to++] = green >> Taps.PRECISION;
      levels[to++] = blue >> Taps.PRECISION;
    }
  }
}
