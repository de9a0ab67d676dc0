package org.genrewise.jobs.serve;

import java.util.List;
import java.util.stream.IntStream;
import org.genrewise.extraction.TrackFeatures;
import org.genrewise.inference.Ranking;
import org.genrewise.inference.TrackPrediction;

/**
 * What came of one track. The array is not copied.
 *
 * @param features its slices, in order of time
 * @param prediction of the whole track
 * @param probabilities slices x classes, row-major
 * @param seconds what it took
 */
record TrackAnalysis(
    TrackFeatures features, TrackPrediction prediction, float[] probabilities, Seconds seconds) {

  /**
   * Where the time went, in seconds. Stages of one track overlap, so they may add up to more than
   * the total.
   *
   * @param decoding waiting for samples, the decoder's start with it
   * @param transform constant-Q and cutting slices
   * @param picture drawing the network's pictures
   * @param network this track's share of the batches that it was in
   */
  record Seconds(double decoding, double transform, double picture, double network) {}

  /** The most probable class of each slice. */
  List<TrackPrediction.Candidate> sliceLabels() {
    int classes = prediction.classes().size();
    return IntStream.range(0, features.slices().size())
        .mapToObj(slice -> best(slice * classes, classes))
        .toList();
  }

  private TrackPrediction.Candidate best(int from, int classes) {
    double[] slice =
        IntStream.range(from, from + classes).mapToDouble(i -> probabilities[i]).toArray();
    int best = Ranking.best(slice);
    return new TrackPrediction.Candidate(prediction.classes().get(best), slice[best]);
  }
}
