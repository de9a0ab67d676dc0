package org.genrewise.check.part;

import java.util.Locale;
import org.genrewise.network.Precision;

/** How parts are called that exist once for each precision. */
final class Names {
  private Names() {}

  /** {@code speed-float16}. */
  static String of(String part, Precision precision) {
    return part + "-" + precision.name().toLowerCase(Locale.ROOT);
  }
}
