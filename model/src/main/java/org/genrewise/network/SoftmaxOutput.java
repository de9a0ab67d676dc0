package org.genrewise.network;

import java.util.List;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Softmax of the logits, and cross entropy as the loss. With class weights w and labels y the loss
 * of a batch is sum(w[y] * -log p[y]) / sum(w[y]), as PyTorch's {@code CrossEntropyLoss(weight)};
 * without, the plain mean.
 */
final class SoftmaxOutput extends Block {

  @JsonProperty private float[] classWeights;

  private SoftmaxOutput() {}

  /**
   * @param classWeights a positive weight for each class, or empty for none
   */
  SoftmaxOutput(String name, int classes, float[] classWeights) {
    super(name, Precision.FLOAT32, classes, classes);
    this.classWeights = classWeights.clone();
  }

  double weight(int label) {
    return classWeights.length == 0 ? 1 : classWeights[label];
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
