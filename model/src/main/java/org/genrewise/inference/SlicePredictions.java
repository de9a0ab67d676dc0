package org.genrewise.inference;

import java.util.Arrays;
import java.util.List;

/**
 * What the network says of each slice of one track. The arrays are not copied.
 *
 * @param classes names, in index order
 * @param probabilities slices x classes, row-major
 * @param embeddings slices x {@code embeddingSize}, row-major: what enters the last layer
 * @param embeddingSize values of one slice's embedding
 * @param drawSeconds time that drawing the pictures took
 * @param seconds this track's share of the time that the network took
 */
public record SlicePredictions(
    List<String> classes,
    float[] probabilities,
    float[] embeddings,
    int embeddingSize,
    double drawSeconds,
    double seconds) {

  public int slices() {
    return probabilities.length / classes.size();
  }

  /** What the slices say together. */
  public TrackPrediction track() {
    return Votes.count(classes, probabilities);
  }

  /** The probabilities of one slice, in index order. */
  public float[] probabilities(int slice) {
    return Arrays.copyOfRange(probabilities, slice * classes.size(), (slice + 1) * classes.size());
  }

  /** The mean of the slices' embeddings. */
  public float[] meanEmbedding() {
    double[] sums = new double[embeddingSize];
    for (int i = 0; i < embeddings.length; i++) {
      sums[i % embeddingSize] += embeddings[i];
    }
    float[] mean = new float[embeddingSize];
    for (int i = 0; i < embeddingSize; i++) {
      mean[i] = (float) (sums[i] / slices());
    }
    return mean;
  }
}
