package org.genrewise.network;

import org.nd4j.linalg.api.ndarray.INDArray;

/** Sees the gradients of activations on their way back. */
@FunctionalInterface
interface GradientWatch {

  /**
   * @param vertex the name of the convolution, pool or dense layer
   * @param gradient of its output, before its ReLU; valid during the call alone
   */
  void gradient(String vertex, INDArray gradient);
}
