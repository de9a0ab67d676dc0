package org.genrewise.training;

import java.io.Serializable;
import java.util.List;

/**
 * How a training went.
 *
 * @param history one entry an epoch, in order
 * @param keptEpoch the epoch whose parameters are kept, from 1
 * @param keptFolder of the checkpoint with its parameters
 */
public record TrainingResult(List<EpochResult> history, int keptEpoch, String keptFolder)
    implements Serializable {

  public TrainingResult {
    history = List.copyOf(history);
  }

  /** What the epoch brought whose parameters were kept. */
  public EpochResult kept() {
    return history.get(keptEpoch - 1);
  }
}
