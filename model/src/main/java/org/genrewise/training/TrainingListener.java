package org.genrewise.training;

/** Watches a training. Called in the thread that trains, so it should be quick. */
public interface TrainingListener {

  /** After each step. */
  default void stepEnded(TrainingProgress progress) {}

  /** After each epoch and its validation. */
  default void epochEnded(EpochResult result) {}
}
