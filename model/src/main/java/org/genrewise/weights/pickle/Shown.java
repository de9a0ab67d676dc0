package org.genrewise.weights.pickle;

/** Names out of files that are not trusted, as messages may show them. */
public final class Shown {
  private static final int LONGEST = 120;

  private Shown() {}

  /** The name without control characters, which terminals obey, and not too long. */
  public static String name(String name) {
    String printable = name.replaceAll("[\\p{Cntrl}\\p{Cf}]", "?");
    return printable.length() <= LONGEST ? printable : printable.substring(0, LONGEST) + "...";
  }
}
