package org.genrewise.picture;

import java.awt.image.BufferedImage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.genrewise.cqt.Spectrogram;

/** What {@code make_picture_golden.py} made, and the signal that it made it from. */
final class Golden {

  private Golden() {}

  /** Levels from -74 dB to -3.3 dB that scatter. */
  static Spectrogram levels(int bins, int frames) {
    float[] values = new float[bins * frames];
    for (int i = 0; i < values.length; i++) {
      long scattered = (i * 2654435761L & 0xffffffffL) >> 8;
      values[i] = (float) (-3.3 - 70.7 * scattered / (1 << 24));
    }
    return new Spectrogram(bins, frames, values);
  }

  /** All frames as one slice. */
  static Slice slice(Spectrogram decibels) {
    Levels levels = Levels.of(decibels, 0, decibels.frames());
    return new Slice(
        0,
        0,
        decibels.bins(),
        decibels.frames(),
        levels.indices(decibels, 0, decibels.frames()),
        levels.lowest(),
        levels.highest(),
        false);
  }

  /** The fields of a table's rows, without its heading. */
  static List<String[]> rows(String table) {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(open(table), StandardCharsets.US_ASCII))) {
      return lines.lines().skip(1).map(line -> line.split(",")).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static InputStream open(String name) {
    return Golden.class.getResourceAsStream(name);
  }

  /** Height x width x 3. */
  static byte[] rgb(BufferedImage image) {
    byte[] rgb = new byte[image.getWidth() * image.getHeight() * 3];
    for (int i = 0; i < rgb.length / 3; i++) {
      int colour = image.getRGB(i % image.getWidth(), i / image.getWidth());
      rgb[3 * i] = (byte) (colour >> 16);
      rgb[3 * i + 1] = (byte) (colour >> 8);
      rgb[3 * i + 2] = (byte) colour;
    }
    return rgb;
  }
}
