package org.genrewise.training.optimiser;

import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How the loss is scaled in 16-bit training, so that small gradients do not vanish (Micikevicius et
 * al., "Mixed Precision Training"). The defaults are those of PyTorch's {@code GradScaler}.
 *
 * @param dynamic whether the scale follows the gradients (default true) or stays as it is
 * @param initial the first scale, 1 or more (default 65536)
 * @param growthSteps the scale doubles after this many steps in a row with a finite gradient, at
 *     least 1 (default 2000)
 * @param patience training ends as diverged after this many skipped steps in a row, counted at a
 *     scale of 1 if it is dynamic; at least 1 (default 25)
 */
public record LossScaleSettings(boolean dynamic, double initial, int growthSteps, int patience)
    implements Serializable {

  public static final LossScaleSettings DEFAULT = new LossScaleSettings(true, 65536, 2000, 25);

  public LossScaleSettings {
    require(
        initial >= 1 && initial <= Float.MAX_VALUE, "loss-scale must be 1 or more, not " + initial);
    require(growthSteps >= 1, "loss-scale-growth-steps must be at least 1, not " + growthSteps);
    require(patience >= 1, "loss-scale-patience must be at least 1, not " + patience);
  }

  /** Every setting by the name that it has in configuration files. */
  public Map<String, String> asMap() {
    Map<String, String> map = new LinkedHashMap<>();
    map.put("loss-scaling", dynamic ? "dynamic" : "static");
    map.put("loss-scale", Double.toString(initial));
    map.put("loss-scale-growth-steps", Integer.toString(growthSteps));
    map.put("loss-scale-patience", Integer.toString(patience));
    return map;
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new IllegalArgumentException(message);
    }
  }
}
