package org.genrewise.network;

import java.util.List;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A copy of what inference needs of a graph: each batch norm folded into the convolution before it,
 * which leaves a weight and a bias for every layer.
 *
 * @param convolutions of the 16 convolutions: weight [3, 3, in, out] and bias [out]
 * @param dense of the hidden dense layers and the logits: weight [in, out] and bias [out]
 */
public record FoldedParameters(List<Affine> convolutions, List<Affine> dense) {

  /** A weight and a bias. */
  public record Affine(INDArray weight, INDArray bias) {}

  public FoldedParameters {
    convolutions = List.copyOf(convolutions);
    dense = List.copyOf(dense);
  }

  public static FoldedParameters of(ComputationGraph graph, NetworkSettings settings) {
    LayerNames names = LayerNames.of(settings);
    return new FoldedParameters(
        names.convolutions().stream().map(name -> fold(graph.getLayer(name))).toList(),
        names.dense().stream().map(name -> copy(graph.getLayer(name))).toList());
  }

  /** weight gamma / deviation, and (bias - mean) gamma / deviation + beta. */
  private static Affine fold(Layer layer) {
    INDArray variance = layer.getParam(ConvolutionBlock.VARIANCE);
    INDArray scale =
        layer
            .getParam(ConvolutionBlock.GAMMA)
            .mul(Nd4j.math().rsqrt(variance.add(ConvolutionBlock.EPSILON)));
    INDArray weight = layer.getParam(ConvolutionBlock.WEIGHT).dup('c');
    weight.reshape('c', weight.length() / scale.length(), scale.length()).muliRowVector(scale);
    INDArray bias =
        layer
            .getParam(ConvolutionBlock.BIAS)
            .sub(layer.getParam(ConvolutionBlock.MEAN))
            .muli(scale)
            .addi(layer.getParam(ConvolutionBlock.BETA));
    return new Affine(weight, bias);
  }

  private static Affine copy(Layer layer) {
    return new Affine(
        layer.getParam(DenseBlock.WEIGHT).dup('f'), layer.getParam(DenseBlock.BIAS).dup());
  }
}
