package org.genrewise.training;

import java.io.Serializable;
import java.util.List;

/**
 * How a training went.
 *
 * @param history one entry an epoch, in order
 * @param bestEpoch the epoch with the lowest validation loss, from 1; the first of equals
 * @param bestFolder of the checkpoint with the parameters of that epoch
 */
public record TrainingResult(List<EpochResult> history, int bestEpoch, String bestFolder)
    implements Serializable {

  public TrainingResult {
    history = List.copyOf(history);
  }

  /** What the epoch brought whose parameters were kept. */
  public EpochResult best() {
    return history.get(bestEpoch - 1);
  }
}
