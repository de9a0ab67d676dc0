package org.genrewise.network;

import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.genrewise.weights.FloatSink;
import org.genrewise.weights.FloatSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * A graph's parameters under PyTorch's names and in PyTorch's layouts: {@code features.0.weight}
 * [out, in, 3, 3], {@code features.1.running_mean} [channels], {@code classifier.1.weight} [out,
 * in], and so on, row-major.
 *
 * <p>Two things differ here: convolution weights lie as [3, 3, in, out], and the first dense layer
 * sees the map flattened as (height, width, channel) where PyTorch flattens (channel, height,
 * width). PyTorch's {@code num_batches_tracked} has no counterpart: with a fixed momentum it
 * changes nothing.
 */
public final class PyTorchParameters {

  /** Where one tensor lives in the graph, and the permutation to PyTorch's layout and back. */
  private record Location(
      ParameterTable.Entry entry,
      List<Long> shape,
      UnaryOperator<INDArray> toPyTorch,
      UnaryOperator<INDArray> fromPyTorch) {}

  private final NetworkSettings settings;
  private final ParameterTable table;
  private final Map<String, Location> locations = new LinkedHashMap<>();

  public PyTorchParameters(NetworkSettings settings) {
    this.settings = settings;
    table = ParameterTable.of(settings);
    LayerNames names = LayerNames.of(settings);
    long in = NetworkSettings.CHANNELS_IN;
    for (int i = 0; i < names.convolutions().size(); i++) {
      long out = settings.channels().get(i);
      addConvolution(names.convolutions().get(i), in, out);
      in = out;
    }
    long size = settings.featureSize();
    addDense(names.dense().get(0), in * size * size, outputs(settings, 0), size, in);
    for (int i = 1; i < names.dense().size(); i++) {
      addDense(names.dense().get(i), outputs(settings, i - 1), outputs(settings, i), 1, 0);
    }
  }

  private static long outputs(NetworkSettings settings, int dense) {
    return dense < settings.head().size() ? settings.head().get(dense) : settings.classes();
  }

  private void addConvolution(String name, long in, long out) {
    locations.put(
        name + ".weight",
        new Location(
            table.entry(name, ConvolutionBlock.WEIGHT),
            List.of(out, in, (long) ConvolutionBlock.KERNEL, (long) ConvolutionBlock.KERNEL),
            ours -> ours.permute(3, 2, 0, 1),
            theirs -> theirs.permute(2, 3, 1, 0)));
    addVector(name + ".bias", name, ConvolutionBlock.BIAS, out);
    String norm = LayerNames.batchNorm(name);
    addVector(norm + ".weight", name, ConvolutionBlock.GAMMA, out);
    addVector(norm + ".bias", name, ConvolutionBlock.BETA, out);
    addVector(norm + ".running_mean", name, ConvolutionBlock.MEAN, out);
    addVector(norm + ".running_var", name, ConvolutionBlock.VARIANCE, out);
  }

  /** With 0 channels the input is no map, so its order is the same here and there. */
  private void addDense(String name, long in, long out, long size, long channels) {
    UnaryOperator<INDArray> toPyTorch = INDArray::transpose;
    UnaryOperator<INDArray> fromPyTorch = INDArray::transpose;
    if (channels > 0) {
      toPyTorch =
          ours -> ours.transpose().reshape('c', out, size, size, channels).permute(0, 3, 1, 2);
      fromPyTorch =
          theirs ->
              theirs
                  .reshape('c', out, channels, size, size)
                  .permute(0, 2, 3, 1)
                  .dup('c')
                  .reshape('c', out, in)
                  .transpose();
    }
    locations.put(
        name + ".weight",
        new Location(
            table.entry(name, DenseBlock.WEIGHT), List.of(out, in), toPyTorch, fromPyTorch));
    addVector(name + ".bias", name, DenseBlock.BIAS, out);
  }

  private void addVector(String name, String vertex, String key, long length) {
    locations.put(
        name,
        new Location(
            table.entry(vertex, key),
            List.of(length),
            UnaryOperator.identity(),
            UnaryOperator.identity()));
  }

  /** The shape of every tensor in PyTorch's layout, by name, in PyTorch's order. */
  public Map<String, List<Long>> shapes() {
    Map<String, List<Long>> shapes = new LinkedHashMap<>();
    locations.forEach((name, location) -> shapes.put(name, location.shape()));
    return Collections.unmodifiableMap(shapes);
  }

  /** Number of values of all of them together. */
  public long values() {
    return table.length();
  }

  /** A copy of one parameter, row-major. */
  public float[] read(ComputationGraph graph, String name) {
    Location location = location(name);
    return row(location.toPyTorch().apply(view(graph, location, graph.params())));
  }

  /**
   * A copy of the gradient of one parameter, row-major, as the last backward pass left it. That of
   * a running statistic is what the optimiser takes off it.
   */
  public float[] readGradient(ComputationGraph graph, String name) {
    Location location = location(name);
    return row(location.toPyTorch().apply(view(graph, location, graph.getFlattenedGradients())));
  }

  /**
   * First values of one parameter, as those of a network from scratch are distributed.
   *
   * @param seed equal seeds give equal values
   * @param sink takes them, block after block
   */
  public void draw(String name, long seed, FloatSink sink) throws IOException {
    ParameterTable.Entry entry = location(name).entry();
    for (Block block : Vgg19Bn.blocks(settings, GraphOptions.DEFAULT)) {
      for (Parameter parameter : block.parameters()) {
        if (block.getLayerName().equals(entry.vertex()) && parameter.key().equals(entry.key())) {
          parameter.draw(seed + name.hashCode(), sink);
        }
      }
    }
  }

  /**
   * Sets one parameter; beside it, one copy of its values is held meanwhile.
   *
   * @param source gives its values by its name, row-major, in PyTorch's layout
   * @throws IllegalArgumentException if there is no such parameter, or its length is another
   */
  public void write(ComputationGraph graph, String name, FloatSource source) throws IOException {
    Location location = location(name);
    INDArray parameter = view(graph, location, graph.params());
    try (INDArray theirs = theirs(name, source)) {
      parameter.assign(location.fromPyTorch().apply(theirs));
    }
  }

  /**
   * One parameter as a graph would have it, in memory of its own.
   *
   * @param vertex the name of its layer, for example {@code features.0}
   * @param key its name in the layer
   * @param source gives its values by PyTorch's name, as for {@link #write}
   */
  INDArray array(String vertex, String key, FloatSource source) throws IOException {
    for (Map.Entry<String, Location> named : locations.entrySet()) {
      Location location = named.getValue();
      if (location.entry().vertex().equals(vertex) && location.entry().key().equals(key)) {
        INDArray theirs = theirs(named.getKey(), source);
        INDArray ours = location.fromPyTorch().apply(theirs);
        // what only looks different shares the memory
        return location.entry().order() == 'c' ? ours.dup('c') : ours;
      }
    }
    throw new IllegalArgumentException("the network has no " + vertex + "." + key);
  }

  private INDArray theirs(String name, FloatSource source) throws IOException {
    Location location = location(name);
    long[] shape = location.shape().stream().mapToLong(Long::longValue).toArray();
    long length = location.entry().length();
    INDArray theirs = Nd4j.createUninitializedDetached(DataType.FLOAT, length);
    long[] done = {0};
    source.read(
        name,
        (values, count) -> {
          if (count > length - done[0]) {
            throw wrongLength(location, name, done[0] + count);
          }
          theirs
              .get(NDArrayIndex.interval(done[0], done[0] + count))
              .assign(Nd4j.createFromArray(Arrays.copyOf(values, count)));
          done[0] += count;
        });
    if (done[0] != length) {
      throw wrongLength(location, name, done[0]);
    }
    return theirs.reshape('c', shape);
  }

  private static IllegalArgumentException wrongLength(Location location, String name, long count) {
    return new IllegalArgumentException(
        "%s needs the shape %s; there are %d values".formatted(name, location.shape(), count));
  }

  private Location location(String name) {
    Location location = locations.get(name);
    if (location == null) {
      throw new IllegalArgumentException("the network has no parameter " + name);
    }
    return location;
  }

  private INDArray view(ComputationGraph graph, Location location, INDArray flat) {
    if (graph.numParams() != table.length()) {
      throw new IllegalArgumentException(
          "the graph has %d parameters and these settings %d"
              .formatted(graph.numParams(), table.length()));
    }
    return location.entry().view(flat);
  }

  private static float[] row(INDArray array) {
    return array.dup('c').reshape(array.length()).toFloatVector();
  }
}
