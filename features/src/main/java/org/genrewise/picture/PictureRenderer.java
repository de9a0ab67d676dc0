package org.genrewise.picture;

import java.util.Arrays;
import java.util.Objects;

/**
 * Draws a slice as the picture that the network sees: the one that librosa's {@code specshow},
 * saved as an image of 496 x 369 pixels, gives after Pillow's bilinear resize with antialias; equal
 * to it in every bit. (The ccmusic demo saves it as JPEG, which moves its values by 4.2 of 255 on
 * average; that is not imitated.) Low notes are at the bottom, colours are {@link Magma}, and the
 * aspect is not kept.
 *
 * <p>The large image is never made. Both its axes only repeat or drop the slice's cells, so the
 * resize reads the cells themselves, and a slice's rows are resized once each however often the
 * image repeats them.
 *
 * <p>Thread-safe. A call allocates a few rows of the picture.
 */
public final class PictureRenderer {

  /** Red, green and blue. */
  public static final int CHANNELS = 3;

  /** Bounds of a picture's height and width, in pixels. */
  public static final int SMALLEST = 32;

  public static final int LARGEST = 1024;

  private static final int LEVELS = 256;
  private static final int[] BLUE = new int[Magma.COLOURS];

  /** Red in the upper half and green in the lower, so that one product weighs both. */
  private static final long[] RED_GREEN = new long[Magma.COLOURS];

  /** What the network gets for each level: scaled to 0..1, less mean 0.5, by deviation 0.5. */
  private static final float[] NORMALISED = new float[LEVELS];

  static {
    for (int index = 0; index < Magma.COLOURS; index++) {
      int rgb = Magma.rgb(index);
      RED_GREEN[index] = (long) (rgb >> 16) << Integer.SIZE | rgb >> 8 & 0xff;
      BLUE[index] = rgb & 0xff;
    }
    for (int level = 0; level < LEVELS; level++) {
      NORMALISED[level] = (level / 255f - 0.5f) / 0.5f;
    }
  }

  private final int height;
  private final int width;
  private volatile Layout recent;

  /** Square pictures, {@code size} x {@code size}. */
  public PictureRenderer(int size) {
    this(size, size);
  }

  /**
   * @param height of the pictures, in pixels, from 32 to 1024
   * @param width of the pictures, in pixels, from 32 to 1024
   * @throws IllegalArgumentException if either is out of bounds
   */
  public PictureRenderer(int height, int width) {
    if (Math.min(height, width) < SMALLEST || Math.max(height, width) > LARGEST) {
      throw new IllegalArgumentException(
          "a picture of %d x %d pixels is not possible: give %d to %d for each side"
              .formatted(height, width, SMALLEST, LARGEST));
    }
    this.height = height;
    this.width = width;
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
   * The picture's levels, 0 to 255: height x width x 3, row by row from the top (high notes), red,
   * green, blue.
   */
  public byte[] rgb(Slice slice) {
    byte[] picture = new byte[values()];
    draw(
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
   * The picture as the network takes it: height x width x 3, order as in {@link #rgb}, each level
   * scaled from 0..255 to -1..1.
   *
   * @param slice what to draw
   * @param target gets {@link #values} values
   * @param offset where in {@code target} they begin
   */
  public void render(Slice slice, float[] target, int offset) {
    render(slice.indices(), slice.bins(), slice.frames(), target, offset);
  }

  /**
   * The same for a slice's bare parts.
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
    draw(
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

  /** Takes a finished row of the picture; the array is used again for the next. */
  private interface RowSink {
    void accept(int row, int[] levels);
  }

  private void draw(byte[] indices, int bins, int frames, RowSink sink) {
    Layout layout = layout(bins, frames);
    Taps rows = layout.rows();
    // Output rows descend the image, so only the slice's rows under one output row are kept.
    int[][] resized = new int[rows.span()][width * CHANNELS];
    int[] levels = new int[width * CHANNELS];
    int next = 0;
    for (int row = 0; row < height; row++) {
      int end = rows.start()[row + 1];
      for (; next <= rows.cells()[end - 1]; next++) {
        resizeRow(
            indices, (bins - 1 - next) * frames, layout.columns(), resized[next % resized.length]);
      }
      Arrays.fill(levels, Taps.HALF);
      for (int tap = rows.start()[row]; tap < end; tap++) {
        add(resized[rows.cells()[tap] % resized.length], rows.weights()[tap], levels);
      }
      for (int i = 0; i < levels.length; i++) {
        levels[i] >>= Taps.PRECISION;
      }
      sink.accept(row, levels);
    }
  }

  /** One row of the slice, in colour and as wide as the picture. */
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

  private static void add(int[] row, int weight, int[] sums) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] += row[i] * weight;
    }
  }

  private Layout layout(int bins, int frames) {
    Layout layout = recent;
    if (layout == null || layout.bins() != bins || layout.frames() != frames) {
      layout = Layout.of(bins, frames, height, width);
      recent = layout;
    }
    return layout;
  }
}
