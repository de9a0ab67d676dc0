package org.genrewise.picture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class TrackPngTest {
  private static final int BINS = 3;
  private static final int FRAMES = 10;

  private static Slice slice(int index, double start, int level, float lowest, float highest) {
    byte[] indices = new byte[BINS * FRAMES];
    Arrays.fill(indices, (byte) level);
    return new Slice(index, start, BINS, FRAMES, indices, lowest, highest, false);
  }

  private static BufferedImage picture(TrackPng png) throws IOException {
    return ImageIO.read(new ByteArrayInputStream(png.png()));
  }

  private static int alpha(BufferedImage picture, int x, int y) {
    return picture.getRGB(x, y) >>> 24;
  }

  @Test
  void slicesLieWhereTheyLieInTheTrackAndTheRestIsTransparent() throws IOException {
    List<Slice> slices = List.of(slice(0, 0.5, 10, -80, 0), slice(1, 2.5, 10, -80, 0));
    TrackPng png = TrackPng.of(slices, 4, 10, 1000);
    BufferedImage picture = picture(png);
    assertEquals(40, png.width());
    assertEquals(40, picture.getWidth());
    assertEquals(BINS, picture.getHeight());
    assertEquals(4, png.seconds(), 1e-9);
    for (int x = 0; x < 40; x++) {
      boolean covered = x >= 5 && x < 15 || x >= 25 && x < 35;
      assertEquals(covered ? 255 : 0, alpha(picture, x, 0), "pixel " + x);
    }
  }

  @Test
  void allSlicesHaveOneRangeOfLevels() throws IOException {
    // The same level of -40 dB: half of one slice's range, and the end of the other's.
    List<Slice> slices = List.of(slice(0, 0, 128, -80, 0), slice(1, 1, 255, -80, -40));
    BufferedImage picture = picture(TrackPng.of(slices, 2, 10, 1000));
    assertEquals(picture.getRGB(2, 1), picture.getRGB(12, 1));
  }

  @Test
  void lowNotesAreAtTheBottom() throws IOException {
    byte[] indices = new byte[BINS * FRAMES];
    Arrays.fill(indices, 0, FRAMES, (byte) 255);
    Slice low = new Slice(0, 0, BINS, FRAMES, indices, -80, 0, false);
    BufferedImage picture = picture(TrackPng.of(List.of(low), 1, 10, 1000));
    assertEquals(0xFF000000 | Magma.rgb(255), picture.getRGB(0, BINS - 1));
    assertEquals(0xFF000000 | Magma.rgb(1), picture.getRGB(0, 0));
  }

  @Test
  void longTracksAreMadeToFit() throws IOException {
    List<Slice> slices = List.of(slice(0, 0, 10, -80, 0), slice(1, 1, 10, -80, 0));
    TrackPng png = TrackPng.of(slices, 2, 10, 7);
    assertEquals(7, png.width());
    assertEquals(7, picture(png).getWidth());
    assertEquals(2.1, png.seconds(), 1e-9, "the last pixel reaches beyond the end");
  }

  @Test
  void aPaddedTrackIsShownWithItsSilence() {
    TrackPng png = TrackPng.of(List.of(slice(0, 0, 10, -80, 0)), 0.5, 10, 1000);
    assertEquals(FRAMES, png.width());
    assertEquals(1, png.seconds(), 1e-9);
  }
}
