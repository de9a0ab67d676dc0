package org.genrewise.training;

/** What a training starts from, and what of it learns. */
public enum Mode {
  /** Random weights; everything learns. */
  SCRATCH,
  /** Another model; everything learns. */
  FINE_TUNE,
  /** Another model, of which only the head learns: the convolutions stay as they are. */
  LINEAR_PROBE
}
