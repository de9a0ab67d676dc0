package org.genrewise.picture;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.util.List;

/**
 * A track's slices in one PNG file for people to look at, each where it lies in the track: low
 * notes at the bottom, one range of levels for all. What no slice covers is transparent.
 *
 * @param png the bytes of the file: {@code width} x the slices' bins, in pixels
 * @param width pixels from the track's beginning to its end
 * @param seconds that these pixels stand for: the track, and the silence that a short one is padded
 *     with
 */
public record TrackPng(byte[] png, int width, double seconds) {
  private static final int TRANSPARENT = 0;

  /** One colour is given up for transparency. */
  private static final IndexColorModel COLOURS = colours();

  /**
   * Draws.
   *
   * @param slices of one track, in order of time, at least one
   * @param durationSeconds of the track
   * @param framesPerSecond of the transform that the slices were made by
   * @param mostPixels limit of the width; where there are more frames a pixel is the mean level of
   *     several, in dB
   */
  public static TrackPng of(
      List<Slice> slices, double durationSeconds, double framesPerSecond, int mostPixels) {
    int frames = (int) Math.ceil(durationSeconds * framesPerSecond);
    for (Slice slice : slices) {
      frames = Math.max(frames, begin(slice, framesPerSecond) + slice.frames());
    }
    int framesPerPixel = (frames + mostPixels - 1) / mostPixels;
    int width = (frames + framesPerPixel - 1) / framesPerPixel;
    int bins = slices.get(0).bins();
    double[] sums = new double[bins * width];
    int[] counts = new int[width];
    for (Slice slice : slices) {
      add(slice, begin(slice, framesPerSecond), framesPerPixel, width, sums, counts);
    }
    double lowest = slices.stream().mapToDouble(Slice::dbMin).min().orElseThrow();
    double highest = slices.stream().mapToDouble(Slice::dbMax).max().orElseThrow();
    BufferedImage image = new BufferedImage(width, bins, BufferedImage.TYPE_BYTE_INDEXED, COLOURS);
    byte[] row = new byte[width];
    for (int bin = 0; bin < bins; bin++) {
      for (int x = 0; x < width; x++) {
        row[x] = (byte) colour(sums[bin * width + x], counts[x], lowest, highest);
      }
      image.getRaster().setDataElements(0, bins - 1 - bin, width, 1, row);
    }
    return new TrackPng(
        SlicePng.png(image), width, (double) width * framesPerPixel / framesPerSecond);
  }

  private static int begin(Slice slice, double framesPerSecond) {
    return (int) Math.round(slice.startSeconds() * framesPerSecond);
  }

  private static void add(
      Slice slice, int begin, int framesPerPixel, int width, double[] sums, int[] counts) {
    double step = ((double) slice.dbMax() - slice.dbMin()) / Magma.COLOURS;
    for (int frame = 0; frame < slice.frames(); frame++) {
      int x = (begin + frame) / framesPerPixel;
      counts[x]++;
      for (int bin = 0; bin < slice.bins(); bin++) {
        int index = Byte.toUnsignedInt(slice.indices()[bin * slice.frames() + frame]);
        sums[bin * width + x] += slice.dbMin() + (index + 0.5) * step;
      }
    }
  }

  private static int colour(double sum, int count, double lowest, double highest) {
    if (count == 0) {
      return TRANSPARENT;
    }
    int colours = Magma.COLOURS - 1;
    double share = highest > lowest ? (sum / count - lowest) / (highest - lowest) : 0;
    return 1 + Math.max(0, Math.min(colours - 1, (int) (share * colours)));
  }

  private static IndexColorModel colours() {
    int[] rgb = new int[Magma.COLOURS];
    for (int index = 1; index < rgb.length; index++) {
      rgb[index] = Magma.rgb(index);
    }
    return new IndexColorModel(
        Byte.SIZE, rgb.length, rgb, 0, false, TRANSPARENT, DataBuffer.TYPE_BYTE);
  }
}
