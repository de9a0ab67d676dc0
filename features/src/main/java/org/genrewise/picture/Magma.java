package org.genrewise.picture;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Magma, the colour map that librosa draws levels with: from black over purple and orange to a pale
 * yellow, evenly in lightness. By Nathaniel J. Smith and Stefan van der Walt for matplotlib,
 * dedicated to the public domain (CC0).
 */
public final class Magma {

  /** Number of colours. */
  public static final int COLOURS = 256;

  private static final int[] RGB = read();

  private Magma() {}

  /**
   * A colour as {@code 0xRRGGBB}.
   *
   * @param index from 0, the lowest level, to 255, the highest
   */
  public static int rgb(int index) {
    return RGB[index];
  }

  private static int[] read() {
    try (InputStream table = Magma.class.getResourceAsStream("magma.csv");
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(table, StandardCharsets.US_ASCII))) {
      return lines.lines().filter(line -> !line.startsWith("#")).mapToInt(Magma::parse).toArray();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the colour map magma.csv", e);
    }
  }

  private static int parse(String line) {
    return Arrays.stream(line.split(","))
        .mapToInt(Integer::parseInt)
        .reduce(0, (rgb, level) -> rgb << Byte.SIZE | level);
  }
}
