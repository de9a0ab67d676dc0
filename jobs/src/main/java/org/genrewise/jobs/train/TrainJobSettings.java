package org.genrewise.jobs.train;

import java.util.Optional;
import org.genrewise.training.SplitSettings;
import org.genrewise.training.TrainingSettings;

/**
 * What a train run does.
 *
 * @param features location of a features table, or of the extract run that wrote it
 * @param output folder for the bundle, the split, checkpoints, metrics, history and report
 * @param start what happens if the output exists
 * @param modelId what the model shall be called
 * @param splitBy what is never divided
 * @param split how the tracks are divided
 * @param training how the network is trained
 * @param initialModel location of the bundle that it starts from; empty from scratch
 * @param keepCheckpoints how many of the newest are kept, at least 1
 */
public record TrainJobSettings(
    String features,
    String output,
    Start start,
    String modelId,
    SplitBy splitBy,
    SplitSettings split,
    TrainingSettings training,
    Optional<String> initialModel,
    int keepCheckpoints) {

  /** What a run does with an output that exists already. */
  public enum Start {
    /** It is refused; the default. */
    REFUSE_EXISTING,
    /** It is replaced. */
    OVERWRITE,
    /** The training in it goes on from its last checkpoint. */
    RESUME
  }

  /** What a split never divides. */
  public enum SplitBy {
    /** Tracks of one group, and tracks. */
    GROUP,
    /** Nothing: the slices of a song are spread, so that songs leak into the test. */
    SLICE
  }
}
