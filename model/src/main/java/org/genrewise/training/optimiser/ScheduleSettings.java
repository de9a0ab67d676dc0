package org.genrewise.training.optimiser;

import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * How large the learning rate is and how it changes. The defaults are those of the ccmusic
 * training.
 *
 * @param kind how it changes (default REDUCE_ON_PLATEAU)
 * @param learningRate the full rate, above 0 (default 0.001)
 * @param warmUpEpochs over this many epochs, whole or not, the rate rises from near 0 (Goyal et
 *     al., "Accurate, Large Minibatch SGD"), 0 (off, default) or more
 * @param stepEpochs of STEP: epochs from one fall to the next, at least 1 (default 10)
 * @param factor of STEP and REDUCE_ON_PLATEAU: what a fall multiplies the rate by, above 0 and
 *     below 1 (default 0.1)
 * @param patience of REDUCE_ON_PLATEAU: the rate falls after more than this many epochs in a row
 *     without progress, 0 or more (default 5)
 * @param threshold of REDUCE_ON_PLATEAU: by which share of the best loss so far a loss must be
 *     lower to be progress, from 0 to below 1 (default 0.001)
 * @param minimum below which the rate does not fall, warm-up aside, from 0 (default) to the full
 *     rate; COSINE ends there
 */
public record ScheduleSettings(
    Kind kind,
    double learningRate,
    double warmUpEpochs,
    int stepEpochs,
    double factor,
    int patience,
    double threshold,
    double minimum)
    implements Serializable {

  /** How the rate changes after the warm-up. */
  public enum Kind {
    /** It stays as it is. */
    CONSTANT,
    /** It falls at fixed epochs, counted from the start: PyTorch's {@code StepLR}. */
    STEP,
    /**
     * It falls along half a cosine (Loshchilov and Hutter, "SGDR", without restarts): PyTorch's
     * {@code CosineAnnealingLR}.
     */
    COSINE,
    /**
     * It falls when the validation loss stops falling: PyTorch's {@code ReduceLROnPlateau} in its
     * modes "min" and "rel".
     */
    REDUCE_ON_PLATEAU
  }

  public static final ScheduleSettings DEFAULT =
      new ScheduleSettings(Kind.REDUCE_ON_PLATEAU, 0.001, 0, 10, 0.1, 5, 0.001, 0);

  public ScheduleSettings {
    require(
        kind != null,
        "learning-rate-schedule must be constant, step, cosine or reduce-on-plateau, not missing");
    require(
        learningRate > 0 && Double.isFinite(learningRate),
        "learning-rate must be above 0, not " + learningRate);
    require(
        warmUpEpochs >= 0 && Double.isFinite(warmUpEpochs),
        "warm-up-epochs must be 0 (off) or more, not " + warmUpEpochs);
    require(stepEpochs >= 1, "step-epochs must be at least 1, not " + stepEpochs);
    require(factor > 0 && factor < 1, "step-factor must be above 0 and below 1, not " + factor);
    require(patience >= 0, "plateau-patience must be 0 or more, not " + patience);
    require(
        threshold >= 0 && threshold < 1,
        "plateau-threshold must be from 0 to below 1, not " + threshold);
    require(
        minimum >= 0 && minimum <= learningRate,
        "minimum-learning-rate must be from 0 to learning-rate, %s, not %s"
            .formatted(learningRate, minimum));
  }

  /** Every setting by the name that it has in configuration files. */
  public Map<String, String> asMap() {
    Map<String, String> map = new LinkedHashMap<>();
    map.put("learning-rate", Double.toString(learningRate));
    map.put("learning-rate-schedule", kind.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    map.put("warm-up-epochs", Double.toString(warmUpEpochs));
    map.put("step-epochs", Integer.toString(stepEpochs));
    map.put("step-factor", Double.toString(factor));
    map.put("plateau-patience", Integer.toString(patience));
    map.put("plateau-threshold", Double.toString(threshold));
    map.put("minimum-learning-rate", Double.toString(minimum));
    return map;
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new IllegalArgumentException(message);
    }
  }
}
