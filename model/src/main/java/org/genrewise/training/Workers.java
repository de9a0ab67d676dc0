package org.genrewise.training;

import java.io.IOException;
import java.util.List;
import org.genrewise.training.checkpoint.Chunk;

/** Who does the work of a training: a replica in this process, or many on a cluster. */
public interface Workers {

  /**
   * What a round left behind.
   *
   * @param result of all replicas together
   * @param chunks of the vectors, averaged over the replicas, in the round's target folder
   */
  record Finished(RoundResult result, List<Chunk> chunks) {}

  /** Batches of an epoch in the largest share. */
  int batches();

  /** Has every replica learn, and writes the averaged vectors. */
  Finished learn(Round round) throws IOException;

  /**
   * Looks at the validation pictures of all replicas in evaluation mode.
   *
   * @param folder of the vectors; a checkpoint
   */
  Totals validate(String folder) throws IOException;
}
