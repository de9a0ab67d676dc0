package org.genrewise.network;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.genrewise.weights.FloatSource;
import org.nd4j.linalg.api.buffer.DataType;
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
    ParameterTable table = ParameterTable.of(settings);
    INDArray flat = graph.params();
    try {
      return of(
          settings,
          new Reader(
              (vertex, key) ->
                  table.entry(vertex, key).view(flat).dup(table.entry(vertex, key).order()),
              precision));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Of parameters that are in no graph; those of one layer are in memory beside the result.
   *
   * @param source gives their values by PyTorch's names, in its layouts
   */
  public static FoldedParameters of(
      NetworkSettings settings, Precision precision, FloatSource source) throws IOException {
    PyTorchParameters parameters = new PyTorchParameters(settings);
    return of(
        settings, new Reader((vertex, key) -> parameters.array(vertex, key, source), precision));
  }

  private static FoldedParameters of(NetworkSettings settings, Reader reader) throws IOException {
    LayerNames names = LayerNames.of(settings);
    List<Affine> convolutions = new ArrayList<>();
    for (String name : names.convolutions()) {
      convolutions.add(reader.fold(name));
    }
    List<Affine> dense = new ArrayList<>();
    for (String name : names.dense()) {
      dense.add(reader.copy(name));
    }
    return new FoldedParameters(convolutions, dense);
  }

  /** Gives a parameter in memory of its own. */
  @FunctionalInterface
  private interface Parameters {
    INDArray get(String vertex, String key) throws IOException;
  }

  private record Reader(Parameters parameters, Precision precision) {

    /** weight gamma / deviation, and (bias - mean) gamma / deviation + beta. */
    Affine fold(String name) throws IOException {
      INDArray variance = parameters.get(name, ConvolutionBlock.VARIANCE);
      INDArray scale =
          parameters
              .get(name, ConvolutionBlock.GAMMA)
              .mul(Nd4j.math().rsqrt(variance.add(ConvolutionBlock.EPSILON)));
      INDArray weight = parameters.get(name, ConvolutionBlock.WEIGHT);
      weight.reshape('c', weight.length() / scale.length(), scale.length()).muliRowVector(scale);
      INDArray bias =
          parameters
              .get(name, ConvolutionBlock.BIAS)
              .sub(parameters.get(name, ConvolutionBlock.MEAN))
              .muli(scale)
              .addi(parameters.get(name, ConvolutionBlock.BETA));
      return new Affine(kernels().prepare(weight.castTo(type())), bias);
    }

    Affine copy(String name) throws IOException {
      INDArray weight = parameters.get(name, DenseBlock.WEIGHT);
      INDArray bias = parameters.get(name, DenseBlock.BIAS);
      if (weight.dataType() == type()) {
        return new Affine(weight, bias);
      }
      INDArray rounded = Nd4j.createUninitialized(type(), weight.shape(), 'f');
      rounded.transpose().assign(weight.transpose());
      return new Affine(rounded, bias);
    }

    private Kernels kernels() {
      return Kernels.of(precision);
    }

    private DataType type() {
      return kernels().activationType();
    }
  }
}
