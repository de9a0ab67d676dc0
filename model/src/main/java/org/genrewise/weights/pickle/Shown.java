package org.genrewise.weights.pickle;

/** Names out of files that are not trusted, as messages may show them. */
public final class Shown {
  private static final int LONGEST_NAME = 120;
  private static final int LONGEST_TEXT = 1000;

  private Shown() {}

  /** A name without control characters, which terminals obey, and not too long. */
  public static String name(String name) {
    return printable(name, LONGEST_NAME);
  }

  /** A message that may repeat something of a file, likewise. */
  public static String text(String text) {
    return printable(text, LONGEST_TEXT);
  }

  private static String printable(String text, int longest) {
    String cut = text;
    if (text.length() > longest) {
      int end = Character.isHighSurrogate(text.charAt(longest - 1)) ? longest - 1 : longest;
      cut = text.substring(0, end) + "...";
    }
    return cut.replaceAll("[\\p{C}\\p{Zl}\\p{Zp}]", "?");
  }
}
