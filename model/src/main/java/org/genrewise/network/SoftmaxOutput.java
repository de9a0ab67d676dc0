package org.genrewise.network;

import java.util.List;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Softmax of the logits, and cross entropy as the loss. Labels say how much each class of each
 * sample weighs, t[i, c] of 0 or more: the loss of a batch is sum(t * -log p) / sum(t). One-hot
 * labels give the plain mean; one-hot labels times class weights give PyTorch's {@code
 * CrossEntropyLoss(weight)}; mixtures give soft targets.
 */
final class SoftmaxOutput extends Block {

  private SoftmaxOutput() {}

  SoftmaxOutput(String name, int classes) {
    super(name, Precision.FLOAT32, classes, classes);
  }

  @Override
  List<Parameter> parameters() {
    return List.of();
  }

  @Override
  BlockLayer<?> layer(NeuralNetConfiguration configuration, DataType type) {
    return new SoftmaxOutputLayer(configuration, type);
  }
}
