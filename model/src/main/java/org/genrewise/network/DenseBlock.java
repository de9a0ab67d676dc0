package org.genrewise.network;

import java.util.List;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.genrewise.network.Parameter.Role;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Dropout of the input, a dense layer and ReLU; or the dense layer alone, for the logits. In:
 * [batch, in], or NHWC, which is flattened in that order (height, width, channel). Out: [batch,
 * out].
 *
 * <p>Weights start from He et al., normal with fan in, biases from 0. The logits start a tenth as
 * large, so that the first loss is that of guessing whatever dropout adds; larger first steps kill
 * hidden units. torchvision's normal(0, 0.01) suits hidden layers of 4096 units only: it makes the
 * signal of a narrow network vanish, and training then stands still for many epochs.
 */
final class DenseBlock extends Block {

  static final String WEIGHT = "weight";
  static final String BIAS = "bias";

  private static final double LOGITS_GAIN = 0.1;

  @JsonProperty private boolean rectified;
  @JsonProperty private double dropout;

  /** The input needs no gradient where nothing below learns. */
  @JsonProperty private boolean lowest;

  private DenseBlock() {}

  private DenseBlock(
      String name,
      Precision precision,
      int in,
      int out,
      boolean rectified,
      double dropout,
      boolean lowest) {
    super(name, precision, in, out);
    this.rectified = rectified;
    this.dropout = dropout;
    this.lowest = lowest;
  }

  /** A hidden layer: dropout of the input, dense, ReLU. */
  static DenseBlock hidden(
      String name, Precision precision, int in, int out, double dropout, boolean lowest) {
    return new DenseBlock(name, precision, in, out, true, dropout, lowest);
  }

  /** The last layer: dense alone, with a result of 32-bit floats in every precision. */
  static DenseBlock logits(String name, Precision precision, int in, int out, boolean lowest) {
    return new DenseBlock(name, precision, in, out, false, 0, lowest);
  }

  boolean isRectified() {
    return rectified;
  }

  boolean lowest() {
    return lowest;
  }

  double dropout() {
    return dropout;
  }

  /** The weight lies as [out, in] row by row: as in PyTorch, and so that a row is one product. */
  @Override
  List<Parameter> parameters() {
    double deviation = (rectified ? Math.sqrt(2) : LOGITS_GAIN) / Math.sqrt(getNIn());
    return List.of(
        Parameter.weight(WEIGHT, 'f', deviation, getNIn(), getNOut()),
        Parameter.constant(BIAS, Role.BIAS, 0, getNOut()));
  }

  @Override
  BlockLayer<?> layer(NeuralNetConfiguration configuration, DataType type) {
    return new DenseBlockLayer(configuration, type);
  }
}
