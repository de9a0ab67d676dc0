package org.genrewise.network;

import java.util.List;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.genrewise.network.Parameter.Role;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * A 3 x 3 convolution (stride 1, padding 1, bias), batch norm and ReLU, as one layer. In and out:
 * NHWC.
 *
 * <p>Batch norm as in PyTorch: epsilon 1e-5; the batch's biased variance normalises; running
 * statistics move by 0.1 towards the batch's mean and unbiased variance at each training step; or,
 * as in PyTorch's evaluation mode, running statistics normalise and stay. Convolution weights start
 * from He et al., "Delving Deep into Rectifiers", normal with fan out, as in torchvision; biases
 * from 0; batch norm from the identity.
 */
final class ConvolutionBlock extends Block {

  static final String WEIGHT = "weight";
  static final String BIAS = "bias";
  static final String GAMMA = "gamma";
  static final String BETA = "beta";
  static final String MEAN = "mean";
  static final String VARIANCE = "variance";

  static final double EPSILON = 1e-5;
  static final double MOMENTUM = 0.1;
  static final int KERNEL = 3;

  /** The input needs no gradient where it is the picture. */
  @JsonProperty private boolean first;

  @JsonProperty private BatchNormMode batchNorm;

  private ConvolutionBlock() {}

  ConvolutionBlock(
      String name, Precision precision, int in, int out, boolean first, BatchNormMode batchNorm) {
    super(name, precision, in, out);
    this.first = first;
    this.batchNorm = batchNorm;
  }

  boolean isFirst() {
    return first;
  }

  /** While the network learns. */
  BatchNormMode batchNorm() {
    return batchNorm;
  }

  @Override
  List<Parameter> parameters() {
    return parameters(getNIn(), getNOut());
  }

  static List<Parameter> parameters(long in, long out) {
    double deviation = Math.sqrt(2.0 / (KERNEL * KERNEL * out));
    return List.of(
        Parameter.weight(WEIGHT, 'c', deviation, KERNEL, KERNEL, in, out),
        Parameter.constant(BIAS, Role.BIAS, 0, out),
        Parameter.constant(GAMMA, Role.BIAS, 1, out),
        Parameter.constant(BETA, Role.BIAS, 0, out),
        Parameter.constant(MEAN, Role.STATISTIC, 0, out),
        Parameter.constant(VARIANCE, Role.STATISTIC, 1, out));
  }

  @Override
  BlockLayer<?> layer(NeuralNetConfiguration configuration, DataType type) {
    return new ConvolutionBlockLayer(configuration, type);
  }

  @Override
  public InputType getOutputType(int index, InputType in) {
    InputType.InputTypeConvolutional map = (InputType.InputTypeConvolutional) in;
    return InputType.convolutional(map.getHeight(), map.getWidth(), getNOut(), map.getFormat());
  }
}
