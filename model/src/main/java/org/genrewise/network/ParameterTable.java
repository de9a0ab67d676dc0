package org.genrewise.network;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Where every tensor of a network lies in its flat vectors of parameters and of gradients. It
 * depends on the shape of the network alone, so vectors of the same {@link NetworkSettings} can be
 * exchanged, averaged and stored.
 */
public final class ParameterTable {

  /** What the optimiser does with a tensor. */
  public enum Kind {
    /** Of a convolution or a dense layer: weight decay applies. */
    WEIGHT,
    /** A bias, or gamma or beta of a batch norm: no weight decay. */
    BIAS,
    /** A running mean or variance: its "gradient" is the step that is taken off it, as it is. */
    STATISTIC
  }

  /**
   * One tensor.
   *
   * @param vertex the name of its layer, as PyTorch has it, for example {@code features.0}
   * @param key its name in the layer
   * @param kind what the optimiser does with it
   * @param order {@code 'c'} or {@code 'f'}: how the shape is laid over the vector
   * @param shape its shape
   * @param offset of its first value
   * @param length number of its values
   */
  public record Entry(
      String vertex,
      String key,
      Kind kind,
      char order,
      List<Long> shape,
      long offset,
      long length) {

    /** Whether it belongs to the convolutions rather than to the head. */
    public boolean isFeature() {
      return vertex.startsWith("features.");
    }

    /** Its values in a flat vector, as a view. */
    public INDArray view(INDArray flat) {
      return flat.reshape(flat.length())
          .get(NDArrayIndex.interval(offset, offset + length))
          .reshape(order, shape.stream().mapToLong(Long::longValue).toArray());
    }
  }

  private final List<Entry> entries;
  private final long length;

  private ParameterTable(List<Entry> entries, long length) {
    this.entries = List.copyOf(entries);
    this.length = length;
  }

  public static ParameterTable of(NetworkSettings settings) {
    List<Entry> entries = new ArrayList<>();
    long offset = 0;
    for (Block block : Vgg19Bn.blocks(settings, GraphOptions.DEFAULT)) {
      for (Parameter parameter : block.parameters()) {
        List<Long> shape = new ArrayList<>();
        for (long size : parameter.shape()) {
          shape.add(size);
        }
        entries.add(
            new Entry(
                block.getLayerName(),
                parameter.key(),
                Kind.valueOf(parameter.role().name()),
                parameter.order(),
                List.copyOf(shape),
                offset,
                parameter.length()));
        offset += parameter.length();
      }
    }
    return new ParameterTable(entries, offset);
  }

  /** All tensors, in the order in which they lie. */
  public List<Entry> entries() {
    return entries;
  }

  /**
   * One tensor.
   *
   * @throws IllegalArgumentException if the network has none of this name
   */
  Entry entry(String vertex, String key) {
    return entries.stream()
        .filter(entry -> entry.vertex().equals(vertex) && entry.key().equals(key))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("the network has no " + vertex + "." + key));
  }

  /** Number of values of the flat vector. */
  public long length() {
    return length;
  }
}
