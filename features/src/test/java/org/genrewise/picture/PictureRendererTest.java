package org.genrewise.picture;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PictureRendererTest {

  @ParameterizedTest
  @CsvSource({"84, 491, 64, 64", "84, 490, 112, 112", "60, 300, 48, 96"})
  void drawsWhatMatplotlibAndPillowDraw(int bins, int frames, int height, int width)
      throws IOException {
    String name = "picture-%dx%d-%dx%d.png".formatted(bins, frames, height, width);
    byte[] picture =
        new PictureRenderer(height, width, ImageFormat.LOSSLESS)
            .rgb(Golden.slice(Golden.levels(bins, frames)));
    try (InputStream golden = Golden.open(name)) {
      assertArrayEquals(Golden.rgb(ImageIO.read(golden)), picture);
    }
  }

  @ParameterizedTest
  @MethodSource("pictures")
  void drawsEveryShapeAsMatplotlibAndPillowDo(
      int bins, int frames, int height, int width, String lossless, String jpeg) {
    Slice slice = Golden.slice(Golden.levels(bins, frames));
    assertEquals(
        lossless, checksum(new PictureRenderer(height, width, ImageFormat.LOSSLESS), slice));
    assertEquals(jpeg, checksum(new PictureRenderer(height, width, ImageFormat.JPEG), slice));
  }

  static Stream<Object[]> pictures() {
    return Golden.rows("pictures.csv").stream()
        .map(row -> new Object[] {row[0], row[1], row[2], row[3], row[4], row[5]});
  }

  private static String checksum(PictureRenderer renderer, Slice slice) {
    CRC32 checksum = new CRC32();
    checksum.update(renderer.rgb(slice));
    return "%08x".formatted(checksum.getValue());
  }

  @Test
  void lowNotesAreAtTheBottomAndTimeRunsToTheRight() {
    byte[] indices = new byte[84 * 491];
    indices[0] = (byte) 255; // the lowest note at the beginning
    byte[] picture =
        new PictureRenderer(369, 496, ImageFormat.LOSSLESS)
            .rgb(new Slice(0, 0, 84, 491, indices, -80, 0, false));
    int bottomLeft = 368 * 496 * 3;
    assertEquals(Magma.rgb(255), at(picture, bottomLeft));
    assertEquals(Magma.rgb(0), at(picture, 0));
    assertEquals(Magma.rgb(0), at(picture, bottomLeft + 495 * 3));
  }

  @Test
  void aSliceOfOneColourGivesAPictureOfThatColour() {
    for (int index : new int[] {0, 1, 127, 128, 255}) {
      byte[] indices = new byte[84 * 491];
      Arrays.fill(indices, (byte) index);
      byte[] picture = new PictureRenderer(224).rgb(new Slice(0, 0, 84, 491, indices, 0, 0, false));
      for (int i = 0; i < picture.length; i += 3) {
        assertEquals(Magma.rgb(index), at(picture, i));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "1, 491", "84, 1", "84, 2", "1000, 3000"})
  void drawsSlicesOfAnyShape(int bins, int frames) {
    byte[] indices = new byte[bins * frames];
    Arrays.fill(indices, (byte) 200);
    byte[] picture =
        new PictureRenderer(40).rgb(new Slice(0, 0, bins, frames, indices, -80, 0, false));
    for (int i = 0; i < picture.length; i += 3) {
      assertEquals(Magma.rgb(200), at(picture, i));
    }
  }

  @Test
  void theNetworksValuesAreTheLevelsScaledToMinusOneToOne() {
    PictureRenderer renderer = new PictureRenderer(64);
    Slice slice = Golden.slice(Golden.levels(84, 491));
    byte[] levels = renderer.rgb(slice);
    float[] target = new float[10 + renderer.values() + 10];
    Arrays.fill(target, Float.NaN);

    renderer.render(slice, target, 10);

    for (int i = 0; i < levels.length; i++) {
      assertEquals(((levels[i] & 0xff) / 255f - 0.5f) / 0.5f, target[10 + i]);
    }
    for (int i = 0; i < 10; i++) {
      assertTrue(Float.isNaN(target[i]) && Float.isNaN(target[target.length - 1 - i]));
    }
  }

  @ParameterizedTest
  @EnumSource
  void oneRendererServesManyThreadsAndShapes(ImageFormat format) throws Exception {
    PictureRenderer shared = new PictureRenderer(64, 64, format);
    List<Slice> slices = new ArrayList<>();
    List<byte[]> expected = new ArrayList<>();
    for (int frames = 488; frames < 496; frames++) {
      slices.add(Golden.slice(Golden.levels(84, frames)));
      expected.add(new PictureRenderer(64, 64, format).rgb(slices.get(slices.size() - 1)));
    }
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<byte[]>> pictures = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        Slice slice = slices.get(i % slices.size());
        Callable<byte[]> draw = () -> shared.rgb(slice);
        pictures.add(threads.submit(draw));
      }
      for (int i = 0; i < pictures.size(); i++) {
        assertArrayEquals(expected.get(i % slices.size()), pictures.get(i).get());
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 31, 1025, Integer.MAX_VALUE})
  void refusesSizesOutOfBounds(int size) {
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> new PictureRenderer(224, size, ImageFormat.LOSSLESS));
    assertTrue(refused.getMessage().contains("224 x " + size), refused.getMessage());
    assertTrue(refused.getMessage().contains("32 to 1024"), refused.getMessage());
  }

  @Test
  void refusesIndicesOfAnotherShape() {
    PictureRenderer renderer = new PictureRenderer(32);
    float[] target = new float[renderer.values()];
    for (int[] shape : new int[][] {{84, 490}, {0, 491}, {-84, -491}, {1 << 16, 1 << 16}}) {
      assertThrows(
          IllegalArgumentException.class,
          () -> renderer.render(new byte[84 * 491], shape[0], shape[1], target, 0));
    }
  }

  @Test
  void refusesATargetThatIsTooSmall() {
    PictureRenderer renderer = new PictureRenderer(32);
    Slice slice = Golden.slice(Golden.levels(84, 491));
    float[] target = new float[renderer.values()];
    assertThrows(IndexOutOfBoundsException.class, () -> renderer.render(slice, target, 1));
    assertThrows(IndexOutOfBoundsException.class, () -> renderer.render(slice, target, -1));
  }

  private static int at(byte[] picture, int i) {
    return (picture[i] & 0xff) << 16 | (picture[i + 1] & 0xff) << 8 | picture[i + 2] & 0xff;
  }
}
