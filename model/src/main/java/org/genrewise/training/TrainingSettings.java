package org.genrewise.training;

import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.genrewise.network.NetworkSettings;
import org.genrewise.network.Precision;
import org.genrewise.network.Width;

/**
 * How a network is trained. The defaults are those of the ccmusic training.
 *
 * @param precision in which the network computes (default FLOAT32)
 * @param width by how much the network is narrower than VGG19 (default 1)
 * @param inputSize height and width of the pictures in pixels, a multiple of 32 from 32 to 1024
 *     (default 224)
 * @param dropout probability that a value entering a hidden dense layer is dropped, from 0 to below
 *     1 (default 0.5)
 * @param epochs how often all pictures are seen at most, at least 1 (default 40)
 * @param batchSize pictures in a step, at least 1 (default 4); where it does not divide their
 *     number, steps have a picture fewer rather than the last one many fewer
 * @param learningRate of the first epoch, above 0 (default 0.001)
 * @param learningRateSchedule how the rate changes (default REDUCE_ON_PLATEAU)
 * @param momentum of stochastic gradient descent, from 0 to below 1 (default 0.9)
 * @param classWeighting how much each class counts (default BALANCED)
 * @param earlyStoppingPatience training ends after this many epochs in a row without a lower
 *     validation loss; 0 (default): it never ends early
 * @param seed of the first weights, the order of pictures and dropout (default 42); the same seed,
 *     settings, pictures and number of threads give the same network
 */
public record TrainingSettings(
    Precision precision,
    Width width,
    int inputSize,
    double dropout,
    int epochs,
    int batchSize,
    double learningRate,
    LearningRateSchedule learningRateSchedule,
    double momentum,
    ClassWeighting classWeighting,
    int earlyStoppingPatience,
    long seed)
    implements Serializable {

  /** Values of a batch of pictures, which are drawn into one array. */
  private static final int LARGEST_BATCH = Integer.MAX_VALUE - 8;

  public static final TrainingSettings DEFAULT =
      new TrainingSettings(
          Precision.FLOAT32,
          Width.FULL,
          224,
          NetworkSettings.DEFAULT_DROPOUT,
          40,
          4,
          0.001,
          LearningRateSchedule.REDUCE_ON_PLATEAU,
          0.9,
          ClassWeighting.BALANCED,
          0,
          42);

  public TrainingSettings {
    require(epochs >= 1, "epochs must be at least 1, not " + epochs);
    require(batchSize >= 1, "batch-size must be at least 1, not " + batchSize);
    require(
        learningRate > 0 && Double.isFinite(learningRate),
        "learning-rate must be above 0, not " + learningRate);
    require(momentum >= 0 && momentum < 1, "momentum must be from 0 to below 1, not " + momentum);
    require(
        earlyStoppingPatience >= 0,
        "early-stopping-patience must be 0 (off) or more, not " + earlyStoppingPatience);
    // the network's own rules for input-size and dropout, applied where the user sees the message
    network(2, width, inputSize, dropout);
    require(
        (long) batchSize * inputSize * inputSize * NetworkSettings.CHANNELS_IN <= LARGEST_BATCH,
        "a batch of %d pictures of %d x %d is too large; give a lower batch-size"
            .formatted(batchSize, inputSize, inputSize));
  }

  /** The shape of the network for a number of classes. */
  public NetworkSettings network(int classes) {
    return network(classes, width, inputSize, dropout);
  }

  /** Every setting by the name that it has in configuration files. */
  public Map<String, String> asMap() {
    Map<String, String> map = new LinkedHashMap<>();
    map.put("precision", text(precision));
    map.put("width", width.toString());
    map.put("input-size", Integer.toString(inputSize));
    map.put("dropout", Double.toString(dropout));
    map.put("epochs", Integer.toString(epochs));
    map.put("batch-size", Integer.toString(batchSize));
    map.put("learning-rate", Double.toString(learningRate));
    map.put("learning-rate-schedule", text(learningRateSchedule));
    map.put("momentum", Double.toString(momentum));
    map.put("class-weighting", text(classWeighting));
    map.put("early-stopping-patience", Integer.toString(earlyStoppingPatience));
    map.put("seed", Long.toString(seed));
    return map;
  }

  private static NetworkSettings network(int classes, Width width, int inputSize, double dropout) {
    NetworkSettings shape = NetworkSettings.of(classes, width, inputSize);
    return new NetworkSettings(classes, inputSize, shape.channels(), shape.head(), dropout);
  }

  private static String text(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new IllegalArgumentException(message);
    }
  }
}
