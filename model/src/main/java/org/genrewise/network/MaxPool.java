package org.genrewise.network;

import java.util.List;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.nd4j.linalg.api.buffer.DataType;

/** A 2 x 2 max pool with stride 2. In and out: NHWC. */
final class MaxPool extends Block {

  private MaxPool() {}

  MaxPool(String name, Precision precision, int channels) {
    super(name, precision, channels, channels);
  }

  @Override
  List<Parameter> parameters() {
    return List.of();
  }

  @Override
  BlockLayer<?> layer(NeuralNetConfiguration configuration, DataType type) {
    return new MaxPoolLayer(configuration, type);
  }

  @Override
  public InputType getOutputType(int index, InputType in) {
    InputType.InputTypeConvolutional map = (InputType.InputTypeConvolutional) in;
    return InputType.convolutional(
        map.getHeight() / 2, map.getWidth() / 2, map.getChannels(), map.getFormat());
  }
}
