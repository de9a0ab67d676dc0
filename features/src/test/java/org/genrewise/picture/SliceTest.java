package org.genrewise.picture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SliceTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0, 84, 490, -80, 0",
    "0, 0, 0, 491, -80, 0",
    "0, 0, -84, -491, -80, 0",
    "-1, 0, 84, 491, -80, 0",
    "0, -0.1, 84, 491, -80, 0",
    "0, NaN, 84, 491, -80, 0",
    "0, 0, 84, 491, 0, -80",
    "0, 0, 84, 491, NaN, 0",
    "0, 0, 84, 491, -80, Infinity"
  })
  void refusesWhatIsNoSlice(
      int index, double startSeconds, int bins, int frames, float dbMin, float dbMax) {
    byte[] indices = new byte[84 * 491];
    assertThrows(
        IllegalArgumentException.class,
        () -> new Slice(index, startSeconds, bins, frames, indices, dbMin, dbMax, false));
  }

  @Test
  void magmaIsBlackBelowAndPaleYellowAbove() {
    assertEquals(0x000004, Magma.rgb(0));
    assertEquals(0xfcfdbf, Magma.rgb(255));
    assertThrows(IndexOutOfBoundsException.class, () -> Magma.rgb(256));
  }

  @Test
  void magmaGrowsEvenlyLighter() {
    for (int index = 1; index < Magma.COLOURS; index++) {
      assertTrue(luminance(Magma.rgb(index)) > luminance(Magma.rgb(index - 1)) - 0.5);
    }
  }

  @Test
  void aPngHoldsTheIndicesWithLowNotesAtTheBottom() throws IOException {
    Slice slice = Golden.slice(Golden.levels(84, 491));
    byte[] png = SlicePng.encode(slice);
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));

    assertTrue(png.length < 84 * 491 + 2000, () -> png.length + " bytes");
    assertTrue(image.getColorModel() instanceof IndexColorModel);
    assertEquals(491, image.getWidth());
    assertEquals(84, image.getHeight());
    for (int bin = 0; bin < 84; bin++) {
      for (int frame = 0; frame < 491; frame++) {
        int index = slice.indices()[bin * 491 + frame] & 0xff;
        assertEquals(Magma.rgb(index), image.getRGB(frame, 83 - bin) & 0xffffff);
      }
    }
  }

  private static double luminance(int rgb) {
    return 0.2126 * (rgb >> 16) + 0.7152 * (rgb >> 8 & 0xff) + 0.0722 * (rgb & 0xff);
  }
}
