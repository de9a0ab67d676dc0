package org.genrewise.network;

import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A copy of what inference needs of a graph: each batch norm folded into the convolution before it,
 * which leaves a weight and a bias for every layer.
 *
 * @param convolutions of the 16 convolutions: weight [3, 3, in, out], prepared, and bias [out]
 * @param dense of the hidden dense layers and the logits: weight [in, out] and bias [out]
 */
public record FoldedParameters(List<Affine> convolutions, List<Affine> dense) {

  /** A weight and a bias. */
  public record Affine(INDArray weight, INDArray bias) {}

  public FoldedParameters {
    convolutions = List.copyOf(convolutions);
    dense = List.copyOf(dense);
  }

  /** With weights of 32-bit floats. */
  public static FoldedParameters of(ComputationGraph graph, NetworkSettings settings) {
    return of(graph, settings, Precision.FLOAT32);
  }

  /**
   * @param precision its activations' type is that of the weights; biases are 32-bit floats.
   *     Convolution weights are as {@link Kernels#prepare} leaves them
   */
  public static FoldedParameters of(
      ComputationGraph graph, NetworkSettings settings, Precision precision) {
    Reader reader = new Reader(ParameterTable.of(settings), graph.params(), Kernels.of(precision));
    LayerNames names = LayerNames.of(settings);
    return new FoldedParameters(
        names.convolutions().stream().map(reader::fold).toList(),
        names.dense().stream().map(reader::copy).toList());
  }

  private record Reader(ParameterTable table, INDArray flat, Kernels kernels) {

    /** weight gamma / deviation, and (bias - mean) gamma / deviation + beta. */
    Affine fold(String name) {
      INDArray variance = view(name, ConvolutionBlock.VARIANCE);
      INDArray scale =
          view(name, ConvolutionBlock.GAMMA)
              .mul(Nd4j.math().rsqrt(variance.add(ConvolutionBlock.EPSILON)));
      INDArray weight = view(name, ConvolutionBlock.WEIGHT).dup('c');
      weight.reshape('c', weight.length() / scale.length(), scale.length()).muliRowVector(scale);
      INDArray bias =
          view(name, ConvolutionBlock.BIAS)
              .sub(view(name, ConvolutionBlock.MEAN))
              .muli(scale)
              .addi(view(name, ConvolutionBlock.BETA));
      return new Affine(kernels.prepare(weight.castTo(kernels.activationType())), bias);
    }

    Affine copy(String name) {
      INDArray weight = view(name, DenseBlock.WEIGHT);
      INDArray copy = Nd4j.createUninitialized(kernels.activationType(), weight.shape(), 'f');
      copy.transpose().assign(weight.transpose());
      return new Affine(copy, view(name, DenseBlock.BIAS).dup());
    }

    private INDArray view(String name, String key) {
      return table.entry(name, key).view(flat);
    }
  }
}
