package org.genrewise.training;

import java.io.IOException;
import org.genrewise.training.checkpoint.CheckpointStorage;

/** One replica in this process. */
public final class LocalWorkers implements Workers {
  private final Replica replica;
  private final CheckpointStorage storage;
  private final int batches;
  private String holds;

  /**
   * @param replica with its first parameters
   * @param batches of an epoch
   * @param storage takes the checkpoints
   */
  public LocalWorkers(Replica replica, int batches, CheckpointStorage storage) {
    this.replica = replica;
    this.batches = batches;
    this.storage = storage;
    this.holds = "";
  }

  @Override
  public int batches() {
    return batches;
  }

  @Override
  public Finished learn(Round round) throws IOException {
    hold(round.base());
    // whatever goes wrong from here on, the vectors are those of no checkpoint
    holds = null;
    RoundResult result = replica.learn(round);
    Finished finished = new Finished(result, replica.vectors().write(storage, round.target()));
    holds = round.target();
    return finished;
  }

  @Override
  public Totals validate(String folder) throws IOException {
    hold(folder);
    return replica.validate();
  }

  /** Makes the replica hold the vectors of a checkpoint. */
  public void hold(String folder) throws IOException {
    if (!folder.equals(holds)) {
      replica.load(storage, folder);
      holds = folder;
    }
  }
}
