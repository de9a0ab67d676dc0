package org.genrewise.training;

/** Which epoch's parameters a training ends with. */
public enum KeptEpoch {
  /** The one with the lowest validation loss. */
  BEST,
  /**
   * The last: for schedules that end near 0, where few validation tracks say less than the
   * schedule.
   */
  LAST
}
