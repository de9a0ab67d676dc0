package org.genrewise.training;

import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Keeps a copy of the parameters that had the lowest validation loss, running statistics too. */
final class BestEpoch implements AutoCloseable {
  private final ComputationGraph network;
  private INDArray parameters;
  private EpochResult result;

  BestEpoch(ComputationGraph network) {
    this.network = network;
  }

  /** Copies the network's parameters if this epoch is the best so far. */
  void consider(EpochResult candidate) {
    if (result == null) {
      parameters = network.params().dup();
    } else if (candidate.validationLoss() < result.validationLoss()) {
      parameters.assign(network.params());
    } else {
      return;
    }
    result = candidate;
  }

  int epoch() {
    return result.epoch();
  }

  /** Gives the best parameters back to the network. */
  void restore() {
    network.params().assign(parameters);
  }

  /** Frees the copy. */
  @Override
  public void close() {
    if (parameters != null) {
      parameters.close();
    }
  }
}
