package org.genrewise.training;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** How constants are written in settings: {@code reduce-on-plateau} for REDUCE_ON_PLATEAU. */
final class Names {

  private Names() {}

  static String of(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static <E extends Enum<E>> E parse(String setting, Class<E> type, String text) {
    List<E> constants = Arrays.asList(type.getEnumConstants());
    return constants.stream()
        .filter(constant -> of(constant).equalsIgnoreCase(text.strip()))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "%s must be one of %s, not %s"
                        .formatted(setting, constants.stream().map(Names::of).toList(), text)));
  }
}
