package org.genrewise.training;

import java.io.Serializable;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.genrewise.network.GraphOptions;
import org.genrewise.network.NetworkSettings;
import org.genrewise.training.augmentation.AugmentationSettings;
import org.genrewise.training.optimiser.LearningRate;
import org.genrewise.training.optimiser.LossScaleSettings;
import org.genrewise.training.optimiser.OptimiserSettings;
import org.genrewise.training.optimiser.ScheduleSettings;

/**
 * How a network is trained. The defaults are those of the ccmusic training.
 *
 * @param mode what it starts from (default SCRATCH)
 * @param featuresBatchNorm what the batch norm of the convolutions does (default AUTO); EVALUATION
 *     needs another model
 * @param shape of a network from scratch; otherwise the initial model has its own
 * @param compute precision and memory
 * @param epochs how often all pictures are seen at most, at least 1 (default 40)
 * @param batchSize pictures in a step of a replica, at least 1 (default 4); where it does not
 *     divide their number, steps have a picture fewer rather than the last one many fewer
 * @param optimiser what makes a step of a gradient
 * @param schedule the learning rate
 * @param lossScale for FLOAT16
 * @param loss what is made small
 * @param augmentation of the pictures that are learnt from
 * @param earlyStoppingPatience training ends after this many epochs in a row without a lower
 *     validation loss; 0 (default): it never ends early
 * @param keptEpoch whose parameters the training ends with (default BEST)
 * @param rounds division of the work
 * @param seed of the first weights, the order of pictures, dropout and augmentation (default 42);
 *     the same seed, settings, pictures and number of threads give the same network
 */
public record TrainingSettings(
    Mode mode,
    FeaturesBatchNorm featuresBatchNorm,
    ShapeSettings shape,
    ComputeSettings compute,
    int epochs,
    int batchSize,
    OptimiserSettings optimiser,
    ScheduleSettings schedule,
    LossScaleSettings lossScale,
    LossSettings loss,
    AugmentationSettings augmentation,
    int earlyStoppingPatience,
    KeptEpoch keptEpoch,
    RoundSettings rounds,
    long seed)
    implements Serializable {

  public static final TrainingSettings DEFAULT = TrainingSettingsBuilder.defaults().build();

  /** Values of a batch of pictures, which are drawn into one array. */
  private static final int LARGEST_BATCH = Integer.MAX_VALUE - 8;

  public TrainingSettings {
    require(
        mode != Mode.SCRATCH || featuresBatchNorm != FeaturesBatchNorm.EVALUATION,
        "features-batch-norm = evaluation normalises by an initial model's running statistics,"
            + " which mode = scratch does not have; give mode = fine-tune or linear-probe, or"
            + " features-batch-norm = training");
    require(epochs >= 1, "epochs must be at least 1, not " + epochs);
    require(batchSize >= 1, "batch-size must be at least 1, not " + batchSize);
    require(
        earlyStoppingPatience >= 0,
        "early-stopping-patience must be 0 (off) or more, not " + earlyStoppingPatience);
    require(
        compute.microBatch() <= batchSize,
        "micro-batch must be at most the batch-size, %d, not %d"
            .formatted(batchSize, compute.microBatch()));
    // its own rule for warm-up-epochs, applied where the user sees the message
    new LearningRate(schedule, epochs);
    int inputSize = shape.inputSize();
    require(
        (long) batchSize * inputSize * inputSize * NetworkSettings.CHANNELS_IN <= LARGEST_BATCH,
        "a batch of %d pictures of %d x %d is too large; give a lower batch-size"
            .formatted(batchSize, inputSize, inputSize));
  }

  /** The same settings, to be changed. */
  public TrainingSettingsBuilder toBuilder() {
    return new TrainingSettingsBuilder(this);
  }

  /** How the network computes. */
  GraphOptions graphOptions() {
    return new GraphOptions(
        compute.precision(),
        compute.recompute(),
        mode == Mode.LINEAR_PROBE,
        featuresBatchNorm.in(mode));
  }

  /** Every setting by the name that it has in configuration files. */
  public Map<String, String> asMap() {
    Map<String, String> map = new TreeMap<>();
    map.put("mode", text(mode));
    map.put("features-batch-norm", text(featuresBatchNorm));
    map.putAll(shape.asMap());
    map.putAll(compute.asMap());
    map.put("epochs", Integer.toString(epochs));
    map.put("batch-size", Integer.toString(batchSize));
    map.putAll(optimiser.asMap());
    map.putAll(schedule.asMap());
    map.putAll(lossScale.asMap());
    map.putAll(loss.asMap());
    map.putAll(augmentation.asMap());
    map.put("early-stopping-patience", Integer.toString(earlyStoppingPatience));
    map.put("kept-epoch", text(keptEpoch));
    map.putAll(rounds.asMap());
    map.put("seed", Long.toString(seed));
    return Collections.unmodifiableMap(map);
  }

  static String text(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new IllegalArgumentException(message);
    }
  }
}
