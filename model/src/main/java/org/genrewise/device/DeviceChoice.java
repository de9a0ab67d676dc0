package org.genrewise.device;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What the user wants networks to run on. */
public enum DeviceChoice {
  /** A GPU if there is one that this build serves, else the CPU. */
  AUTO,
  /** The CPU, whatever else there is. */
  CPU,
  /** A GPU, or nothing. */
  CUDA;

  /**
   * Reads what {@link #text} writes, in any case.
   *
   * @throws IllegalArgumentException for any other text
   */
  public static DeviceChoice parse(String text) {
    List<String> names = Arrays.stream(values()).map(DeviceChoice::text).toList();
    int index = names.indexOf(text.strip().toLowerCase(Locale.ROOT));
    if (index < 0) {
      throw new IllegalArgumentException(
          "must be one of %s, not '%s'".formatted(String.join(", ", names), text));
    }
    return values()[index];
  }

  /** As users write it. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
