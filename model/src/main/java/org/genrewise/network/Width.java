package org.genrewise.network;

import java.io.Serializable;

/**
 * By how much a network is narrower than VGG19, as 1 over a divisor.
 *
 * @param divisor 1, 2, 4, 8 or 16
 */
public record Width(int divisor) implements Serializable {

  public static final Width FULL = new Width(1);

  public Width {
    if (divisor < 1 || divisor > 16 || Integer.bitCount(divisor) != 1) {
      throw new IllegalArgumentException(
          "width must be 1, 1/2, 1/4, 1/8 or 1/16, not 1/" + divisor);
    }
  }

  /** Reads {@code "1"}, {@code "1/8"} or the equal decimal fraction. */
  public static Width parse(String text) {
    String trimmed = text.strip();
    try {
      if (trimmed.startsWith("1/")) {
        return new Width(Integer.parseInt(trimmed.substring(2)));
      }
      double inverse = 1 / Double.parseDouble(trimmed);
      if (inverse == Math.rint(inverse) && inverse >= 1 && inverse <= 16) {
        return new Width((int) inverse);
      }
    } catch (NumberFormatException e) {
      // falls through to the message below, which is the clearer one
    }
    throw new IllegalArgumentException("width must be 1, 1/2, 1/4, 1/8 or 1/16, not " + text);
  }

  int scale(int size) {
    return Math.max(1, size / divisor);
  }

  @Override
  public String toString() {
    return divisor == 1 ? "1" : "1/" + divisor;
  }
}
