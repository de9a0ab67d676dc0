package org.genrewise.training;

/** Watches a training. Called in the thread that trains, so it should be quick. */
public interface TrainingListener {

  /** Does nothing. */
  TrainingListener NONE = new TrainingListener() {};

  /** After each step of a replica, in the process of the replica. */
  default void stepEnded(TrainingProgress progress) {}

  /** After a step that did not fit into memory, in the process of the replica. */
  default void memoryRanOut(int microBatchTried, int microBatchNext) {}

  /** After each round of all replicas, when its checkpoint is written. */
  default void roundEnded(Round round, RoundResult result, double seconds) {}

  /** After each epoch and its validation. */
  default void epochEnded(EpochResult result) {}
}
