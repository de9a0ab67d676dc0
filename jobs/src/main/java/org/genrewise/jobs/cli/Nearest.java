package org.genrewise.jobs.cli;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** What a user may have meant by a name that does not exist. */
public final class Nearest {
  private Nearest() {}

  /**
   * The end of a message about a name: {@code "; did you mean label?"}, or nothing if no name is
   * near.
   */
  public static String question(String typed, Collection<String> names) {
    return of(typed, names).map("; did you mean %s?"::formatted).orElse("");
  }

  /** The one of the names that is a few slips away, or begins as what was typed. */
  static Optional<String> of(String typed, Collection<String> names) {
    int slips = 1 + typed.length() / 4;
    return names.stream()
        .min(Comparator.comparingInt(name -> slips(typed, name)))
        .filter(name -> slips(typed, name) <= slips)
        .or(
            () ->
                typed.length() < 3
                    ? Optional.empty()
                    : names.stream().filter(name -> name.startsWith(typed)).findFirst());
  }

  /** Characters to be added, left out, replaced, or exchanged with the next one. */
  private static int slips(String from, String to) {
    int[][] slips = new int[from.length() + 1][to.length() + 1];
    for (int i = 0; i <= from.length(); i++) {
      for (int j = 0; j <= to.length(); j++) {
        slips[i][j] = i == 0 || j == 0 ? i + j : next(slips, from, to, i, j);
      }
    }
    return slips[from.length()][to.length()];
  }

  private static int next(int[][] slips, String from, String to, int i, int j) {
    int replaced = slips[i - 1][j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
    int least = Math.min(replaced, 1 + Math.min(slips[i - 1][j], slips[i][j - 1]));
    boolean exchanged =
        i > 1
            && j > 1
            && from.charAt(i - 1) == to.charAt(j - 2)
            && from.charAt(i - 2) == to.charAt(j - 1);
    return exchanged ? Math.min(least, slips[i - 2][j - 2] + 1) : least;
  }
}
