package org.genrewise.picture;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.genrewise.cqt.CqtSettings;
import org.genrewise.cqt.Spectrogram;
import org.genrewise.testing.SharedData;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Real music, against the pictures that the ccmusic demo's own code gave for it. */
class ReferencePictureTest {

  @ParameterizedTest
  @ValueSource(
      strings = {"hyperrogue_jungle", "nexuiz_brokenlight", "ufoai_david01", "wesnoth_battle"})
  void drawsTheReferencesImageBeforeItsJpeg(String name) throws IOException {
    byte[] reference =
        Golden.rgb(
            ImageIO.read(
                SharedData.path("reference/image/" + name + ".slice0.before-jpeg.png").toFile()));
    assertArrayEquals(
        reference, new PictureRenderer(369, 496, ImageFormat.LOSSLESS).rgb(slice(name)));
  }

  /** The checksums are those of the same image after Pillow's bilinear resize to 224 x 224. */
  @ParameterizedTest
  @CsvSource({
    "hyperrogue_jungle, f6d4b58b",
    "nexuiz_brokenlight, 08ae747f",
    "ufoai_david01, 95ac97ff",
    "wesnoth_battle, 24928c2f"
  })
  void drawsTheReferencesPictureButForItsJpeg(String name, String crc32) {
    CRC32 checksum = new CRC32();
    checksum.update(new PictureRenderer(224).rgb(slice(name)));
    assertEquals(crc32, "%08x".formatted(checksum.getValue()));
  }

  /** The mean errors are those of the reference itself when it saves a PNG, as its README says. */
  @ParameterizedTest
  @CsvSource({
    "hyperrogue_jungle, 4.2171, 42",
    "nexuiz_brokenlight, 4.1795, 48",
    "ufoai_david01, 4.2606, 51",
    "wesnoth_battle, 4.1397, 46"
  })
  void differsFromTheReferenceByItsJpegAlone(String name, double mean, int most)
      throws IOException {
    byte[] reference =
        Files.readAllBytes(SharedData.path("reference/image/" + name + ".slice0.u8"));
    byte[] picture = new PictureRenderer(224).rgb(slice(name));
    double sum = 0;
    int worst = 0;
    for (int i = 0; i < picture.length; i++) {
      int error = Math.abs((picture[i] & 0xff) - (reference[i] & 0xff));
      sum += error;
      worst = Math.max(worst, error);
    }
    assertEquals(mean, sum / picture.length, 5e-5);
    assertEquals(most, worst);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"hyperrogue_jungle", "nexuiz_brokenlight", "ufoai_david01", "wesnoth_battle"})
  void equalsTheReferenceThroughJpeg(String name) throws IOException {
    PictureRenderer renderer = new PictureRenderer(224, 224, ImageFormat.JPEG);
    assertArrayEquals(
        Files.readAllBytes(SharedData.path("reference/image/" + name + ".slice0.u8")),
        renderer.rgb(slice(name)));

    float[] tensor = SharedData.floats("reference/image/" + name + ".slice0.f32");
    float[] picture = new float[renderer.values()];
    renderer.render(slice(name), picture, 0);
    for (int i = 0; i < picture.length; i++) {
      assertEquals(tensor[i % 3 * 224 * 224 + i / 3], picture[i]);
    }
  }

  private static Slice slice(String name) {
    float[] decibels = SharedData.floats("golden/" + name + ".amp_db.f32");
    return new Slicer(CqtSettings.DEFAULT)
        .slices(new Spectrogram(84, 491, decibels), 251_370)
        .get(0);
  }
}
