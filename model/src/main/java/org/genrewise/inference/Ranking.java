package org.genrewise.inference;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Orders classes by score. Equal scores are ordered by class index, so every order is one. */
public final class Ranking {

  private Ranking() {}

  /** The class with the highest score. */
  public static int best(double[] scores) {
    int best = 0;
    for (int c = 1; c < scores.length; c++) {
      if (scores[c] > scores[best]) {
        best = c;
      }
    }
    return best;
  }

  /** How many classes stand before {@code target}: 0 if it is the best. */
  public static int rank(double[] scores, int target) {
    return (int)
        IntStream.range(0, scores.length)
            .filter(c -> scores[c] > scores[target] || (scores[c] == scores[target] && c < target))
            .count();
  }

  /** All classes, the best first. */
  public static List<Integer> descending(double[] scores) {
    return IntStream.range(0, scores.length)
        .boxed()
        .sorted(Comparator.<Integer>comparingDouble(c -> scores[c]).reversed())
        .toList();
  }
}
