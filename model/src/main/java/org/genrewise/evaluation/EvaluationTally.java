package org.genrewise.evaluation;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import org.genrewise.inference.TrackPrediction;
import org.genrewise.inference.Votes;

/** Collects labelled tracks one by one for an {@link Evaluation}. Not thread-safe. */
public final class EvaluationTally implements Serializable {
  private static final long serialVersionUID = 1;

  private final List<String> classes;
  private final ClassificationTally slices;
  private final ClassificationTally tracks;
  private long majorityHits;

  /**
   * @param classes names, in index order
   */
  public EvaluationTally(List<String> classes) {
    this.classes = List.copyOf(classes);
    this.slices = new ClassificationTally(classes.size());
    this.tracks = new ClassificationTally(classes.size());
  }

  /**
   * Adds one track.
   *
   * @param actual its class
   * @param probabilities of its slices: slices x classes, row-major
   * @return what the slices say together
   */
  public TrackPrediction add(int actual, float[] probabilities) {
    TrackPrediction track = Votes.count(classes, probabilities);
    tracks.add(actual, track.probabilities());
    double[] slice = new double[classes.size()];
    for (int i = 0; i < track.slices(); i++) {
      int row = i * slice.length;
      Arrays.setAll(slice, c -> probabilities[row + c]);
      slices.add(actual, slice);
    }
    if (track.majorityIndex() == actual) {
      majorityHits++;
    }
    return track;
  }

  /** Adds what another tally of the same classes has collected. */
  public void merge(EvaluationTally other) {
    slices.merge(other.slices);
    tracks.merge(other.tracks);
    majorityHits += other.majorityHits;
  }

  /**
   * The evaluation of all tracks so far.
   *
   * @throws IllegalStateException if there were none
   */
  public Evaluation evaluation() {
    ClassificationReport trackReport = tracks.report(classes);
    return new Evaluation(
        slices.report(classes), trackReport, (double) majorityHits / trackReport.samples());
  }
}
