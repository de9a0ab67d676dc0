package org.genrewise.training;

import org.genrewise.network.BatchNormMode;

/** What a user may ask of the batch norm of the convolutions while the network learns. */
public enum FeaturesBatchNorm {
  /** EVALUATION in a linear probe, TRAINING otherwise. */
  AUTO,
  /** Each batch's own mean and variance normalise; the running statistics follow. */
  TRAINING,
  /** The running statistics of the initial model normalise, and stay as they are. */
  EVALUATION;

  BatchNormMode in(Mode mode) {
    return switch (this) {
      case AUTO -> mode == Mode.LINEAR_PROBE ? BatchNormMode.EVALUATION : BatchNormMode.TRAINING;
      case TRAINING -> BatchNormMode.TRAINING;
      case EVALUATION -> BatchNormMode.EVALUATION;
    };
  }
}
