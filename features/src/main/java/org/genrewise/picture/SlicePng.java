package org.genrewise.picture;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** A slice as a PNG file for people to look at: a pixel a cell, low notes at the bottom. */
public final class SlicePng {

  private static final IndexColorModel COLOURS = colours();

  private SlicePng() {}

  /**
   * The bytes of a PNG file of {@code frames x bins} pixels with the 256 colours of {@link Magma};
   * its pixels are the slice's indices, so nothing is lost.
   */
  public static byte[] encode(Slice slice) {
    int bins = slice.bins();
    int frames = slice.frames();
    BufferedImage image = new BufferedImage(frames, bins, BufferedImage.TYPE_BYTE_INDEXED, COLOURS);
    WritableRaster raster = image.getRaster();
    byte[] row = new byte[frames];
    for (int bin = 0; bin < bins; bin++) {
      System.arraycopy(slice.indices(), bin * frames, row, 0, frames);
      raster.setDataElements(0, bins - 1 - bin, frames, 1, row);
    }
    return png(image);
  }

  static byte[] png(BufferedImage image) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
    // ImageIO.write would put its cache into a file.
    try (ImageOutputStream stream = new MemoryCacheImageOutputStream(bytes)) {
      writer.setOutput(stream);
      writer.write(image);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write a PNG to memory", e);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  private static IndexColorModel colours() {
    int[] rgb = new int[Magma.COLOURS];
    for (int index = 0; index < rgb.length; index++) {
      rgb[index] = Magma.rgb(index);
    }
    return new IndexColorModel(Byte.SIZE, rgb.length, rgb, 0, false, -1, DataBuffer.TYPE_BYTE);
  }
}
