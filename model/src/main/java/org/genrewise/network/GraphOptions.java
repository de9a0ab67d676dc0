package org.genrewise.network;

/**
 * How a training graph computes; none of it changes which parameters there are.
 *
 * @param precision of convolutions, dense layers and activations
 * @param recompute what is computed again in the backward pass instead of being kept
 * @param frozenFeatures whether the convolutions, and gamma and beta of their batch norm, are left
 *     as they are, and only the head learns
 * @param featuresBatchNorm of the convolutions while the network learns
 */
public record GraphOptions(
    Precision precision,
    Recompute recompute,
    boolean frozenFeatures,
    BatchNormMode featuresBatchNorm) {

  /** 32-bit floats, everything kept, everything learns, batches normalise by their own moments. */
  public static final GraphOptions DEFAULT =
      new GraphOptions(Precision.FLOAT32, Recompute.NONE, false, BatchNormMode.TRAINING);

  /**
   * What the backward pass computes again (Chen et al., "Training Deep Nets with Sublinear Memory
   * Cost").
   */
  public enum Recompute {
    /** Nothing: all activations are kept. */
    NONE,
    /** Each of the five blocks, from the map that enters it. */
    BLOCKS
  }
}
