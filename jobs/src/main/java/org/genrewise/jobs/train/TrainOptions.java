package org.genrewise.jobs.train;

import java.util.List;
import org.genrewise.jobs.settings.Setting;
import org.genrewise.jobs.settings.Settings;
import org.genrewise.jobs.settings.SettingsSchema;
import org.genrewise.network.Precision;
import org.genrewise.network.Width;
import org.genrewise.training.ClassWeighting;
import org.genrewise.training.LearningRateSchedule;
import org.genrewise.training.SplitSettings;
import org.genrewise.training.TrainingSettings;

/** The settings of a training, as users name them. */
public final class TrainOptions {
  private static final TrainingSettings DEFAULT = TrainingSettings.DEFAULT;

  private static final Setting<Precision> PRECISION =
      Setting.choice(
          "precision", Precision.class, DEFAULT.precision(), "in which the network computes");
  private static final Setting<Width> WIDTH =
      new Setting<>(
          "width",
          DEFAULT.width().toString(),
          "1 | 1/2 | 1/4 | 1/8 | 1/16",
          "by how much the network is narrower than VGG19",
          Width::parse);
  private static final Setting<Integer> INPUT_SIZE =
      Setting.whole(
          "input-size",
          DEFAULT.inputSize(),
          "pixels",
          "height and width of the pictures, a multiple of 32 from 32 to 1024");
  private static final Setting<Double> DROPOUT =
      Setting.number(
          "dropout",
          DEFAULT.dropout(),
          "0 to 1",
          "probability that a value entering a hidden dense layer is dropped");
  private static final Setting<Integer> EPOCHS =
      Setting.whole("epochs", DEFAULT.epochs(), "epochs", "how often all slices are seen at most");
  private static final Setting<Integer> BATCH_SIZE =
      Setting.whole("batch-size", DEFAULT.batchSize(), "slices", "slices in a step");
  private static final Setting<Double> LEARNING_RATE =
      Setting.number("learning-rate", DEFAULT.learningRate(), "above 0", "of the first epoch");
  private static final Setting<LearningRateSchedule> SCHEDULE =
      Setting.choice(
          "learning-rate-schedule",
          LearningRateSchedule.class,
          DEFAULT.learningRateSchedule(),
          "how the learning rate changes");
  private static final Setting<Double> MOMENTUM =
      Setting.number("momentum", DEFAULT.momentum(), "0 to 1", "of stochastic gradient descent");
  private static final Setting<ClassWeighting> CLASS_WEIGHTING =
      Setting.choice(
          "class-weighting",
          ClassWeighting.class,
          DEFAULT.classWeighting(),
          "how much each class counts in the loss");
  private static final Setting<Integer> PATIENCE =
      Setting.whole(
          "early-stopping-patience",
          DEFAULT.earlyStoppingPatience(),
          "epochs",
          "end after so many epochs without a lower validation loss; 0 never does");
  private static final Setting<Long> SEED =
      Setting.seed(
          "seed", DEFAULT.seed(), "of the split, the first weights, the order and dropout");
  private static final Setting<Double> VALIDATION_SHARE =
      Setting.number(
          "validation-share",
          SplitSettings.DEFAULT.validation(),
          "0 to 1",
          "share of the tracks that choose the best epoch");
  private static final Setting<Double> TEST_SHARE =
      Setting.number(
          "test-share",
          SplitSettings.DEFAULT.test(),
          "0 to 1",
          "share of the tracks that training never sees");

  private static final Setting<String> MODEL_ID =
      Setting.text("model-id", "genrewise", "name", "what label rows call the model");

  public static final SettingsSchema SCHEMA =
      new SettingsSchema(
          List.of(
              PRECISION,
              WIDTH,
              INPUT_SIZE,
              DROPOUT,
              EPOCHS,
              BATCH_SIZE,
              LEARNING_RATE,
              SCHEDULE,
              MOMENTUM,
              CLASS_WEIGHTING,
              PATIENCE,
              SEED,
              VALIDATION_SHARE,
              TEST_SHARE,
              MODEL_ID));

  private TrainOptions() {}

  /**
   * How the user wants the network trained.
   *
   * @throws org.genrewise.jobs.cli.UserException if a value is out of its range
   */
  public static TrainingSettings training(Settings settings) {
    return Settings.validated(
        () ->
            new TrainingSettings(
                settings.value(PRECISION),
                settings.value(WIDTH),
                settings.value(INPUT_SIZE),
                settings.value(DROPOUT),
                settings.value(EPOCHS),
                settings.value(BATCH_SIZE),
                settings.value(LEARNING_RATE),
                settings.value(SCHEDULE),
                settings.value(MOMENTUM),
                settings.value(CLASS_WEIGHTING),
                settings.value(PATIENCE),
                settings.value(SEED)));
  }

  /**
   * How the user wants the tracks divided.
   *
   * @throws org.genrewise.jobs.cli.UserException if a value is out of its range
   */
  public static SplitSettings split(Settings settings) {
    return Settings.validated(
        () ->
            new SplitSettings(
                settings.value(VALIDATION_SHARE),
                settings.value(TEST_SHARE),
                settings.value(SEED)));
  }

  /** What the user wants the model to be called. */
  public static String modelId(Settings settings) {
    return settings.value(MODEL_ID);
  }
}
