package org.genrewise.network;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Some {@link ConvolutionBlock}s and the {@link MaxPool} after them as one layer, which keeps no
 * map but the one that enters it. In training it computes the others again when the gradient comes
 * (Chen et al., "Training Deep Nets with Sublinear Memory Cost"); or it is frozen: its gradients
 * are 0, and only running statistics may step. In and out: NHWC.
 *
 * <p>Its parameters are those of its blocks, one block after the other, with keys like {@code
 * features.0.weight}.
 */
final class VggBlock extends Block {

  private static final char SEPARATOR = '.';

  @JsonProperty private List<String> names;
  @JsonProperty private List<Long> channels;
  @JsonProperty private boolean first;
  @JsonProperty private boolean frozen;
  @JsonProperty private BatchNormMode batchNorm;

  private VggBlock() {}

  /**
   * @param name that of the pool
   * @param blocks in order, at least one; of one mode of batch norm
   */
  VggBlock(String name, Precision precision, List<ConvolutionBlock> blocks, boolean frozen) {
    super(name, precision, blocks.get(0).getNIn(), blocks.get(blocks.size() - 1).getNOut());
    this.names = blocks.stream().map(ConvolutionBlock::getLayerName).toList();
    this.channels = blocks.stream().map(ConvolutionBlock::getNOut).toList();
    this.first = blocks.get(0).isFirst();
    this.frozen = frozen;
    this.batchNorm = blocks.get(0).batchNorm();
  }

  List<String> names() {
    return names;
  }

  /** Of the map that each of its convolutions leaves. */
  List<Long> channels() {
    return channels;
  }

  /** Whether the input needs no gradient, since it is the picture. */
  boolean first() {
    return first;
  }

  boolean frozen() {
    return frozen;
  }

  /** While the network learns. */
  BatchNormMode batchNorm() {
    return batchNorm;
  }

  /** The key of a convolution's parameter in this layer. */
  static String key(String convolution, String key) {
    return convolution + SEPARATOR + key;
  }

  @Override
  String qualified(String key) {
    return key;
  }

  @Override
  List<Parameter> parameters() {
    List<Parameter> parameters = new ArrayList<>();
    long in = getNIn();
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      long out = channels.get(i);
      ConvolutionBlock.parameters(in, out).stream()
          .map(parameter -> parameter.renamed(key(name, parameter.key())))
          .forEach(parameters::add);
      in = out;
    }
    return parameters;
  }

  @Override
  BlockLayer<?> layer(NeuralNetConfiguration configuration, DataType type) {
    return new VggBlockLayer(configuration, type);
  }

  @Override
  public InputType getOutputType(int index, InputType in) {
    InputType.InputTypeConvolutional map = (InputType.InputTypeConvolutional) in;
    return InputType.convolutional(
        map.getHeight() / 2, map.getWidth() / 2, getNOut(), map.getFormat());
  }
}
