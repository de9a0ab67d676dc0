package org.genrewise.training;

import java.io.Serializable;
import java.util.Map;
import org.genrewise.network.GraphOptions.Recompute;
import org.genrewise.network.Precision;

/**
 * How a training computes.
 *
 * @param precision of convolutions, dense layers and activations (default FLOAT32)
 * @param recompute what the backward pass computes again to save memory (default NONE)
 * @param microBatch pictures that go through the network together, at most a batch; 0 (default): as
 *     many as the free memory holds, as measured at the start
 */
public record ComputeSettings(Precision precision, Recompute recompute, int microBatch)
    implements Serializable {

  public static final ComputeSettings DEFAULT =
      new ComputeSettings(Precision.FLOAT32, Recompute.NONE, 0);

  public ComputeSettings {
    if (microBatch < 0) {
      throw new IllegalArgumentException(
          "micro-batch must be 0 (as memory allows) or more, not " + microBatch);
    }
  }

  Map<String, String> asMap() {
    return Map.of(
        "precision", TrainingSettings.text(precision),
        "recompute", TrainingSettings.text(recompute),
        "micro-batch", microBatch == 0 ? "auto" : Integer.toString(microBatch));
  }
}
