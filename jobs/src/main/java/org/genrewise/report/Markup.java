package org.genrewise.report;

import java.util.Locale;

/** Text and numbers as they may stand inside HTML and SVG. */
final class Markup {

  private static final int REPLACEMENT = 0xFFFD;

  private Markup() {}

  /**
   * Text for element content and for quoted attributes. File names are hostile: besides the five
   * XML characters, everything that XML cannot hold, and the controls that reorder displayed text,
   * becomes U+FFFD.
   */
  static String escape(String text) {
    StringBuilder escaped = new StringBuilder(text.length() + 16);
    text.codePoints().forEach(point -> append(escaped, point));
    return escaped.toString();
  }

  /** The same for element content, with places to break a long name or path between its parts. */
  static String breakable(String text) {
    return escape(text).replace("/", "/<wbr/>").replace("_", "_<wbr/>");
  }

  private static void append(StringBuilder escaped, int point) {
    switch (point) {
      case '&' -> escaped.append("&amp;");
      case '<' -> escaped.append("&lt;");
      case '>' -> escaped.append("&gt;");
      case '"' -> escaped.append("&quot;");
      case '\'' -> escaped.append("&#39;");
      default -> escaped.appendCodePoint(displayable(point) ? point : REPLACEMENT);
    }
  }

  private static boolean displayable(int point) {
    boolean whitespace = point == '\t' || point == '\n' || point == '\r';
    boolean control = Character.isISOControl(point) && !whitespace;
    boolean surrogate = point >= 0xD800 && point <= 0xDFFF;
    boolean noncharacter = (point & 0xFFFE) == 0xFFFE;
    boolean reorders = point >= 0x202A && point <= 0x202E || point >= 0x2066 && point <= 0x2069;
    return !control && !surrogate && !noncharacter && !reorders;
  }

  /** A coordinate with at most one decimal, the same in every locale. */
  static String coordinate(double value) {
    double rounded = Math.round(value * 10) / 10.0;
    return rounded == Math.rint(rounded) ? Long.toString((long) rounded) : Double.toString(rounded);
  }

  /** A count in at most four characters, rounded down to thousands or millions where it is long. */
  static String compact(long count) {
    if (count < 10_000) {
      return Long.toString(count);
    }
    if (count < 1_000_000) {
      return count / 1_000 + "k";
    }
    return count < 1_000_000_000 ? count / 1_000_000 + "M" : "1G+";
  }

  /** A share in whole per cent in at most three characters; only none is 0 and only all is 100. */
  static String percent(double share) {
    long rounded = Math.round(100 * share);
    if (rounded == 0 && share > 0) {
      return "<1";
    }
    return rounded == 100 && share < 1 ? ">99" : Long.toString(rounded);
  }

  /** A value with a fixed number of decimals; what is not finite becomes a dash. */
  static String number(double value, int decimals) {
    if (!Double.isFinite(value)) {
      return "–";
    }
    String text = String.format(Locale.ROOT, "%." + decimals + "f", value);
    return text.startsWith("-") ? "−" + text.substring(1) : text;
  }

  /** A value with at most four significant digits, without trailing zeros. */
  static String number(double value) {
    if (!Double.isFinite(value)) {
      return "–";
    }
    if (value == Math.rint(value) && Math.abs(value) < 1e15) {
      return number(value, 0);
    }
    int magnitude = (int) Math.floor(Math.log10(Math.abs(value)));
    int decimals = Math.min(12, Math.max(0, 3 - magnitude));
    String text = number(value, decimals);
    return decimals == 0 ? text : text.replaceFirst("\\.?0+$", "");
  }
}
