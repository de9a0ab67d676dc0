package org.genrewise.inference;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Turns what a network says of each slice of a track into one prediction for the track, by mean
 * probability and by majority. Ties never depend on the order of files or slices.
 */
public final class Votes {

  private Votes() {}

  /**
   * Counts the votes of one track.
   *
   * @param classes names, in index order
   * @param probabilities slices x classes, row-major
   * @throws IllegalArgumentException if there is no slice, a part of one, or a value that is no
   *     number
   */
  public static TrackPrediction count(List<String> classes, float[] probabilities) {
    int width = classes.size();
    if (probabilities.length == 0 || probabilities.length % width != 0) {
      throw new IllegalArgumentException(
          "a track needs the probabilities of %d classes for one slice or more, not %d values"
              .formatted(width, probabilities.length));
    }
    int slices = probabilities.length / width;
    double[] mean = new double[width];
    double[] slice = new double[width];
    int[] votes = new int[width];
    for (int i = 0; i < slices; i++) {
      for (int c = 0; c < width; c++) {
        slice[c] = probabilities[i * width + c];
        if (!Double.isFinite(slice[c])) {
          throw new IllegalArgumentException(
              "probability of %s in slice %d is %s".formatted(classes.get(c), i, slice[c]));
        }
        mean[c] += slice[c];
      }
      votes[Ranking.best(slice)]++;
    }
    Arrays.setAll(mean, c -> mean[c] / slices);
    int label = Ranking.best(mean);
    return new TrackPrediction(
        classes, label, majority(votes, mean), mean, slices, (double) votes[label] / slices);
  }

  private static int majority(int[] votes, double[] mean) {
    return IntStream.range(1, votes.length)
        .reduce(
            0,
            (best, c) ->
                votes[c] > votes[best] || (votes[c] == votes[best] && mean[c] > mean[best])
                    ? c
                    : best);
  }
}
