package org.genrewise.evaluation;

import java.io.Serializable;
import java.util.Comparator;

/**
 * A track that was labelled wrongly. The worst come first: those with the most probable label, and
 * among equals the one whose id comes first.
 *
 * @param track its id
 * @param actual name of its class
 * @param predicted name of the class it was taken for, another one
 * @param probability mean probability of {@code predicted} over the track's slices, 0 to 1
 * @param slice position, from 0, of the slice with the highest probability of {@code predicted}
 *     among those that were judged; the first of equals
 * @param sliceProbability that probability, 0 to 1
 */
public record Mistake(
    String track,
    String actual,
    String predicted,
    double probability,
    int slice,
    double sliceProbability)
    implements Serializable, Comparable<Mistake> {

  private static final Comparator<Mistake> WORST_FIRST =
      Comparator.comparingDouble(Mistake::probability)
          .reversed()
          .thenComparing(Mistake::track)
          .thenComparing(Mistake::actual)
          .thenComparing(Mistake::predicted)
          .thenComparingInt(Mistake::slice)
          .thenComparingDouble(Mistake::sliceProbability);

  public Mistake {
    if (actual.equals(predicted)) {
      throw new IllegalArgumentException(
          "track %s is labelled %s, which is right".formatted(track, actual));
    }
    if (slice < 0 || !Double.isFinite(probability) || !Double.isFinite(sliceProbability)) {
      throw new IllegalArgumentException(
          "track %s is labelled %s with probability %s, by slice %d with %s; slices count from 0"
              .formatted(track, predicted, probability, slice, sliceProbability));
    }
  }

  @Override
  public int compareTo(Mistake other) {
    return WORST_FIRST.compare(this, other);
  }
}
