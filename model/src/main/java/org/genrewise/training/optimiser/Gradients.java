package org.genrewise.training.optimiser;

import java.util.List;
import org.genrewise.network.EuclideanNorm;
import org.genrewise.network.Kernels;
import org.genrewise.network.ParameterTable;
import org.genrewise.network.ParameterTable.Kind;
import org.genrewise.network.Precision;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What happens to a gradient before the optimiser sees it. The steps of running statistics are no
 * gradients and are left as they are; so is everything that does not learn.
 */
public final class Gradients {
  private final long length;
  private final List<Chunk> chunks;

  /**
   * @param frozenFeatures whether the convolutions do not learn
   */
  public Gradients(ParameterTable table, boolean frozenFeatures) {
    this(table, frozenFeatures, Chunk.LONGEST);
  }

  Gradients(ParameterTable table, boolean frozenFeatures, long longest) {
    this.length = table.length();
    this.chunks =
        Chunk.of(table, frozenFeatures, false, longest).stream()
            .filter(chunk -> chunk.kind() != Kind.STATISTIC)
            .toList();
  }

  /**
   * Divides the gradient by the loss scale, in place.
   *
   * @param gradient FLOAT, as long as the table
   * @return its L2 norm after that; infinite or NaN where any value of the gradient is
   */
  public double unscale(INDArray gradient, double lossScale) {
    INDArray flat = gradient.reshape(length);
    EuclideanNorm norm = Kernels.of(Precision.FLOAT32).norm(chunks.size());
    for (Chunk chunk : chunks) {
      INDArray values = chunk.of(flat);
      if (lossScale != 1) {
        values.divi(lossScale);
      }
      norm.add(values);
    }
    return norm.value();
  }

  /**
   * Shortens the gradient, in place, where it is too long.
   *
   * @param norm its L2 norm, as {@link #unscale} gave it, finite
   * @param largest the L2 norm that it may have, above 0
   */
  public void clip(INDArray gradient, double norm, double largest) {
    if (norm > largest) {
      INDArray flat = gradient.reshape(length);
      chunks.forEach(chunk -> chunk.of(flat).muli(largest / norm));
    }
  }
}
