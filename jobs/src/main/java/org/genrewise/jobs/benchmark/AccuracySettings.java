package org.genrewise.jobs.benchmark;

import org.genrewise.network.GraphOptions.Recompute;
import org.genrewise.network.Precision;
import org.genrewise.network.Width;
import org.genrewise.training.ComputeSettings;
import org.genrewise.training.KeptEpoch;
import org.genrewise.training.ShapeSettings;
import org.genrewise.training.SplitSettings;
import org.genrewise.training.TrainingSettings;
import org.genrewise.training.TrainingSettingsBuilder;
import org.genrewise.training.optimiser.OptimiserSettings;
import org.genrewise.training.optimiser.ScheduleSettings;

/**
 * How networks are trained whose accuracy is measured: AdamW, half a cosine after a warm-up of a
 * twentieth, the last epoch's parameters.
 *
 * @param runs trainings, each with a split and first weights of its own; 0: accuracy is not
 *     measured
 * @param width of the network
 * @param inputSize height and width of its pictures, in pixels
 * @param epochs of a training, at least 1
 * @param batchSize slices in a step
 * @param learningRate the full rate
 * @param split of the first run; the others' seeds follow
 */
record AccuracySettings(
    int runs,
    Width width,
    int inputSize,
    int epochs,
    int batchSize,
    double learningRate,
    SplitSettings split) {

  private static final double DROPOUT = 0.2;
  private static final double WEIGHT_DECAY = 0.05;
  private static final double WARM_UP_SHARE = 0.05;

  AccuracySettings {
    if (runs < 0) {
      throw new IllegalArgumentException("accuracy-runs must be 0 (off) or more, not " + runs);
    }
    if (!(split.test() > 0 && split.validation() > 0)) {
      throw new IllegalArgumentException(
          "test-share and validation-share must be above 0, not %s and %s"
              .formatted(split.test(), split.validation()));
    }
    training(width, inputSize, epochs, batchSize, learningRate, Precision.FLOAT32, split.seed());
  }

  /**
   * The training of a run.
   *
   * @param run from 0
   */
  TrainingSettings training(Precision precision, int run) {
    return training(
        width, inputSize, epochs, batchSize, learningRate, precision, split.seed() + run);
  }

  /**
   * The split of a run.
   *
   * @param run from 0
   */
  SplitSettings split(int run) {
    return new SplitSettings(split.validation(), split.test(), split.seed() + run);
  }

  private static TrainingSettings training(
      Width width,
      int inputSize,
      int epochs,
      int batchSize,
      double learningRate,
      Precision precision,
      long seed) {
    ScheduleSettings rate = ScheduleSettings.DEFAULT;
    OptimiserSettings sgd = OptimiserSettings.DEFAULT;
    return TrainingSettingsBuilder.defaults()
        .shape(new ShapeSettings(width, inputSize, DROPOUT, ShapeSettings.DEFAULT.imageFormat()))
        .compute(new ComputeSettings(precision, Recompute.NONE, batchSize))
        .epochs(epochs)
        .batchSize(batchSize)
        .optimiser(
            new OptimiserSettings(
                OptimiserSettings.Kind.ADAMW,
                sgd.momentum(),
                sgd.nesterov(),
                sgd.beta1(),
                sgd.beta2(),
                sgd.epsilon(),
                WEIGHT_DECAY,
                sgd.gradientClipping()))
        .schedule(
            new ScheduleSettings(
                ScheduleSettings.Kind.COSINE,
                learningRate,
                WARM_UP_SHARE * epochs,
                rate.stepEpochs(),
                rate.factor(),
                rate.patience(),
                rate.threshold(),
                rate.minimum()))
        .keptEpoch(KeptEpoch.LAST)
        .seed(seed)
        .build();
  }
}
