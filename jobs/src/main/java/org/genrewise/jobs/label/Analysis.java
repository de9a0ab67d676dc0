package org.genrewise.jobs.label;

import java.io.Serializable;
import org.genrewise.jobs.track.Retry;

/**
 * What is done with each track, as it travels to the executors.
 *
 * @param slicesPerTrack evenly spaced slices that are analysed, 0 for all
 * @param uncertainBelow tracks whose confidence is lower are marked, 0 to 1
 * @param writeSlices whether each slice becomes a row
 * @param writeEmbeddings whether rows hold embeddings
 * @param batchSize slices that go through the network together, 1 to 1024
 * @param networkThreads batches that an executor computes at the same time, 1 to 64
 * @param retry of faults that may pass
 */
public record Analysis(
    int slicesPerTrack,
    double uncertainBelow,
    boolean writeSlices,
    boolean writeEmbeddings,
    int batchSize,
    int networkThreads,
    Retry retry)
    implements Serializable {

  public Analysis {
    require(slicesPerTrack >= 0, "slices-per-track must be 0 or more, not " + slicesPerTrack);
    require(
        uncertainBelow >= 0 && uncertainBelow <= 1,
        "uncertain-below must be from 0 to 1, not " + uncertainBelow);
    require(
        batchSize >= 1 && batchSize <= 1024, "batch-size must be from 1 to 1024, not " + batchSize);
    require(
        networkThreads >= 1 && networkThreads <= 64,
        "network-threads must be from 1 to 64, not " + networkThreads);
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new IllegalArgumentException(message);
    }
  }
}
