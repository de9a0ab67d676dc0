package org.genrewise.picture;

import java.util.Objects;

/**
 * Draws a slice as the picture that the network sees: the one that librosa's {@code specshow},
 * saved as an image of 496 x 369 pixels, gives after Pillow's bilinear resize with antialias; equal
 * to it in every bit. Low notes are at the bottom, colours are {@link Magma}, and the aspect is not
 * kept.
 *
 * <p>Thread-safe. A call allocates a few rows of the picture; with {@link ImageFormat#JPEG}, a few
 * megabytes.
 */
public final class PictureRenderer {

  /** Red, green and blue. */
  public static final int CHANNELS = 3;

  /** The least height and width of a picture, in pixels. */
  public static final int SMALLEST = 32;

  /** The greatest height and width of a picture, in pixels. */
  public static final int LARGEST = 1024;

  private static final int LEVELS = 256;

  /** What the network gets for each level: scaled to 0..1, less a mean of 0.5, by 0.5. */
  private static final float[] NORMALISED = new float[LEVELS];

  static {
    for (int level = 0; level < LEVELS; level++) {
      NORMALISED[level] = (level / 255f - 0.5f) / 0.5f;
    }
  }

  private final int height;
  private final int width;
  private final Drawing drawing;

  /** Square pictures, {@code size} x {@code size}, from lossless images. */
  public PictureRenderer(int size) {
    this(size, size, ImageFormat.LOSSLESS);
  }

  /**
   * @param height of the pictures, in pixels, from 32 to 1024
   * @param width of the pictures, in pixels, from 32 to 1024
   * @param format of the image before it is resized
   * @throws IllegalArgumentException if height or width is out of bounds
   */
  public PictureRenderer(int height, int width, ImageFormat format) {
    if (Math.min(height, width) < SMALLEST || Math.max(height, width) > LARGEST) {
      throw new IllegalArgumentException(
          "a picture of %d x %d pixels is not possible: give %d to %d for each side"
              .formatted(height, width, SMALLEST, LARGEST));
    }
    this.height = height;
    this.width = width;
    this.drawing =
        switch (format) {
          case LOSSLESS -> new DirectDrawing(height, width);
          case JPEG -> new JpegDrawing(height, width);
        };
  }

  /** Height of the pictures, in pixels. */
  public int height() {
    return height;
  }

  /** Width of the pictures, in pixels. */
  public int width() {
    return width;
  }

  /** Number of values in a picture: height x width x 3. */
  public int values() {
    return height * width * CHANNELS;
  }

  /**
   * The picture's levels, 0 to 255: height x width x 3, row by row from the top (high notes); red,
   * green, blue.
   */
  public byte[] rgb(Slice slice) {
    byte[] picture = new byte[values()];
    drawing.draw(
        slice.indices(),
        slice.bins(),
        slice.frames(),
        (row, levels) -> {
          int to = row * levels.length;
          for (int level : levels) {
            picture[to++] = (byte) level;
          }
        });
    return picture;
  }

  /**
   * The picture as the network takes it: height x width x 3, in the order of {@link #rgb}, each
   * level scaled from 0..255 to -1..1.
   *
   * @param slice what to draw
   * @param target gets {@link #values} values
   * @param offset where in {@code target} they begin
   * @throws IndexOutOfBoundsException if the picture does not fit into {@code target}
   */
  public void render(Slice slice, float[] target, int offset) {
    render(slice.indices(), slice.bins(), slice.frames(), target, offset);
  }

  /**
   * The same, for the parts of a slice.
   *
   * @param indices bins x frames colour indices, row-major, low note first
   * @param bins rows
   * @param frames columns
   * @param target gets {@link #values} values
   * @param offset where in {@code target} they begin
   * @throws IllegalArgumentException if there are not {@code bins x frames} indices
   * @throws IndexOutOfBoundsException if the picture does not fit into {@code target}
   */
  public void render(byte[] indices, int bins, int frames, float[] target, int offset) {
    Slice.requireShape(indices, bins, frames);
    Objects.checkFromIndexSize(offset, values(), target.length);
    drawing.draw(
        indices,
        bins,
        frames,
        (row, levels) -> {
          int to = offset + row * levels.length;
          for (int level : levels) {
            target[to++] = NORMALISED[level];
          }
        });
  }
}
