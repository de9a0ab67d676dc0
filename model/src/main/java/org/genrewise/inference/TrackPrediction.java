package org.genrewise.inference;

import java.util.List;

/**
 * What a track's slices say together. Made by {@link Votes}. The array is not copied.
 *
 * @param classes names, in index order
 * @param labelIndex the class with the highest mean probability; equal means go to the lower index
 * @param majorityIndex the class that most slices vote for, each for its most probable class; equal
 *     counts go to the higher mean probability, then to the lower index
 * @param probabilities mean over the slices, one a class, in index order
 * @param slices how many slices were heard, at least 1
 * @param agreement share of the slices that vote for the label, from 0 to 1
 */
public record TrackPrediction(
    List<String> classes,
    int labelIndex,
    int majorityIndex,
    double[] probabilities,
    int slices,
    double agreement) {

  /** A class and how probable it is. */
  public record Candidate(String label, double probability) {}

  public TrackPrediction {
    classes = List.copyOf(classes);
    if (probabilities.length != classes.size()) {
      throw new IllegalArgumentException(
          "%d classes need as many probabilities, not %d"
              .formatted(classes.size(), probabilities.length));
    }
  }

  /** Name of the class with the highest mean probability. */
  public String label() {
    return classes.get(labelIndex);
  }

  /** Name of the class that most slices vote for. */
  public String majorityLabel() {
    return classes.get(majorityIndex);
  }

  /** Mean probability of the label, from 0 to 1. */
  public double confidence() {
    return probabilities[labelIndex];
  }

  /**
   * The most probable classes, the best first: {@code count} of them, or all if there are fewer.
   */
  public List<Candidate> top(int count) {
    return Ranking.descending(probabilities).stream()
        .limit(count)
        .map(c -> new Candidate(classes.get(c), probabilities[c]))
        .toList();
  }
}
