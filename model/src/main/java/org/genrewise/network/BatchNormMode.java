package org.genrewise.network;

/** Which statistics a batch norm uses while a network learns. */
public enum BatchNormMode {
  /** The batch's own mean and variance; the running statistics follow them. */
  TRAINING,
  /** The running statistics, which stay as they are. */
  EVALUATION
}
