package org.genrewise.jobs.train;

import java.io.Serializable;
import java.util.List;
import org.genrewise.jobs.cli.UserException;
import org.genrewise.training.RoundResult;
import org.genrewise.training.checkpoint.Chunk;

/**
 * What a task of a round tells the driver.
 *
 * @param result of all replicas, or null where another task has it
 * @param chunks that this task wrote
 * @param failure what went wrong by the user's settings, or null
 */
record Outcome(RoundResult result, List<Chunk> chunks, String failure) implements Serializable {

  /** Sent as a result: a task that throws is tried again, and would end the same way. */
  static Outcome failed(RuntimeException failure) {
    return new Outcome(null, List.of(), failure.getMessage());
  }

  void requireSuccess() {
    if (failure != null) {
      throw new UserException(failure);
    }
  }
}
