package org.genrewise.jobs.train;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.genrewise.device.Device;
import org.genrewise.jobs.cli.UserException;
import org.genrewise.jobs.settings.Setting;
import org.genrewise.jobs.settings.Settings;
import org.genrewise.jobs.settings.SettingsSchema;
import org.genrewise.jobs.train.TrainJobSettings.SplitBy;
import org.genrewise.network.GraphOptions.Recompute;
import org.genrewise.network.Precision;
import org.genrewise.network.Width;
import org.genrewise.picture.ImageFormat;
import org.genrewise.training.ClassWeighting;
import org.genrewise.training.ComputeSettings;
import org.genrewise.training.FeaturesBatchNorm;
import org.genrewise.training.KeptEpoch;
import org.genrewise.training.LossSettings;
import org.genrewise.training.Mode;
import org.genrewise.training.RoundSettings;
import org.genrewise.training.ShapeSettings;
import org.genrewise.training.SplitSettings;
import org.genrewise.training.TrainingSettings;
import org.genrewise.training.TrainingSettingsBuilder;

/** The settings of a training, as users name them. */
public final class TrainOptions {
  private static final TrainingSettings DEFAULT = TrainingSettings.DEFAULT;

  /** What the user asks for; auto is decided by the device. */
  enum PrecisionChoice {
    AUTO,
    FLOAT16,
    FLOAT32
  }

  private static final Setting<PrecisionChoice> PRECISION =
      Setting.choice(
          "precision",
          PrecisionChoice.class,
          PrecisionChoice.AUTO,
          "in which the network computes; auto is float16 on CUDA and float32 on CPU");
  private static final Setting<Mode> MODE =
      Setting.choice(
          "mode",
          Mode.class,
          DEFAULT.mode(),
          "random weights, all of another model, or only the head of another model learns");
  private static final Setting<String> INITIAL_MODEL =
      Setting.text(
          "initial-model",
          "",
          "location",
          "bundle, or train run, that fine-tune and linear-probe start from; it gives the shape of"
              + " the network");
  private static final Setting<FeaturesBatchNorm> FEATURES_BATCH_NORM =
      Setting.choice(
          "features-batch-norm",
          FeaturesBatchNorm.class,
          DEFAULT.featuresBatchNorm(),
          "whether batch norm of the convolutions normalises by each batch's statistics, which the"
              + " running ones follow, or by the initial model's; auto is evaluation in"
              + " linear-probe and training otherwise");
  private static final Setting<Width> WIDTH =
      new Setting<>(
          "width",
          DEFAULT.shape().width().toString(),
          "1 | 1/2 | 1/4 | 1/8 | 1/16",
          "by how much a network from scratch is narrower than VGG19",
          Width::parse);
  private static final Setting<Integer> INPUT_SIZE =
      Setting.whole(
          "input-size",
          DEFAULT.shape().inputSize(),
          "pixels",
          "height and width of the pictures from scratch, a multiple of 32 from 32 to 1024");
  private static final Setting<Double> DROPOUT =
      Setting.number(
          "dropout",
          DEFAULT.shape().dropout(),
          "0 to 1",
          "probability that a value entering a hidden dense layer is dropped, from scratch");
  private static final Setting<ImageFormat> IMAGE_FORMAT =
      Setting.choice(
          "image-format",
          ImageFormat.class,
          DEFAULT.shape().imageFormat(),
          "what the pictures from scratch are resized from; jpeg is what ccmusic's own network was"
              + " trained on");
  private static final Setting<Integer> EPOCHS =
      Setting.whole("epochs", DEFAULT.epochs(), "epochs", "how often all slices are seen at most");
  private static final Setting<Integer> BATCH_SIZE =
      Setting.whole(
          "batch-size", DEFAULT.batchSize(), "slices", "slices in a step of each replica");
  private static final Setting<Integer> MICRO_BATCH =
      new Setting<>(
          "micro-batch",
          "auto",
          "auto | slices",
          "slices that go through the network together; their gradients are added up to a batch."
              + " auto: as many as the free memory holds, as measured at the start",
          TrainOptions::microBatch);
  private static final Setting<Recompute> RECOMPUTE =
      Setting.choice(
          "recompute",
          Recompute.class,
          DEFAULT.compute().recompute(),
          "what the backward pass computes again to save memory");
  private static final Setting<ClassWeighting> CLASS_WEIGHTING =
      Setting.choice(
          "class-weighting",
          ClassWeighting.class,
          DEFAULT.loss().classWeighting(),
          "how much each class counts in the loss");
  private static final Setting<Double> LABEL_SMOOTHING =
      Setting.number(
          "label-smoothing",
          DEFAULT.loss().labelSmoothing(),
          "0 to 1",
          "share of a slice's weight that is spread over all classes");
  private static final Setting<Integer> PATIENCE =
      Setting.whole(
          "early-stopping-patience",
          DEFAULT.earlyStoppingPatience(),
          "epochs",
          "end after so many epochs without a lower validation loss; 0 never does");
  private static final Setting<KeptEpoch> KEPT_EPOCH =
      Setting.choice(
          "kept-epoch",
          KeptEpoch.class,
          DEFAULT.keptEpoch(),
          "whose parameters the model gets: of the lowest validation loss, or the last");
  private static final Setting<Integer> REPLICAS =
      Setting.whole(
          "replicas",
          DEFAULT.rounds().replicas(),
          "tasks",
          "networks that learn side by side, one a task, each from its share of the slices");
  private static final Setting<Integer> ROUND_STEPS =
      Setting.whole(
          "round-steps",
          DEFAULT.rounds().steps(),
          "steps",
          "steps of a replica between two checkpoints, where replicas are averaged too; 0: an"
              + " epoch");
  private static final Setting<Integer> KEEP_CHECKPOINTS =
      Setting.whole(
          "keep-checkpoints", 2, "checkpoints", "newest that are kept, besides the best epoch's");
  private static final Setting<Long> SEED =
      Setting.seed(
          "seed",
          DEFAULT.seed(),
          "of the split, the first weights, the order, dropout and augmentation");
  private static final Setting<SplitBy> SPLIT =
      Setting.choice(
          "split",
          SplitBy.class,
          SplitBy.GROUP,
          "what is never divided between training and test; by slice, songs leak");
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
          Stream.of(
                  List.<Setting<?>>of(
                      PRECISION,
                      MODE,
                      INITIAL_MODEL,
                      FEATURES_BATCH_NORM,
                      WIDTH,
                      INPUT_SIZE,
                      DROPOUT,
                      IMAGE_FORMAT,
                      EPOCHS,
                      BATCH_SIZE,
                      MICRO_BATCH,
                      RECOMPUTE),
                  OptimiserOptions.ALL,
                  List.<Setting<?>>of(CLASS_WEIGHTING, LABEL_SMOOTHING),
                  AugmentationOptions.ALL,
                  List.<Setting<?>>of(
                      PATIENCE,
                      KEPT_EPOCH,
                      REPLICAS,
                      ROUND_STEPS,
                      KEEP_CHECKPOINTS,
                      SEED,
                      SPLIT,
                      VALIDATION_SHARE,
                      TEST_SHARE,
                      MODEL_ID))
              .flatMap(List::stream)
              .toList());

  private TrainOptions() {}

  /**
   * How the user wants the network trained.
   *
   * @param device what it will run on, which decides the precision if the user does not
   * @throws UserException if a value is out of its range
   */
  public static TrainingSettings training(Settings settings, Device.Kind device) {
    return Settings.validated(
        () ->
            TrainingSettingsBuilder.defaults()
                .mode(settings.value(MODE))
                .featuresBatchNorm(settings.value(FEATURES_BATCH_NORM))
                .shape(
                    new ShapeSettings(
                        settings.value(WIDTH),
                        settings.value(INPUT_SIZE),
                        settings.value(DROPOUT),
                        settings.value(IMAGE_FORMAT)))
                .compute(
                    new ComputeSettings(
                        precision(settings.value(PRECISION), device),
                        settings.value(RECOMPUTE),
                        settings.value(MICRO_BATCH)))
                .epochs(settings.value(EPOCHS))
                .batchSize(settings.value(BATCH_SIZE))
                .optimiser(OptimiserOptions.optimiser(settings))
                .schedule(OptimiserOptions.schedule(settings))
                .lossScale(OptimiserOptions.lossScale(settings))
                .loss(
                    new LossSettings(
                        settings.value(CLASS_WEIGHTING), settings.value(LABEL_SMOOTHING)))
                .augmentation(AugmentationOptions.augmentation(settings))
                .earlyStoppingPatience(settings.value(PATIENCE))
                .keptEpoch(settings.value(KEPT_EPOCH))
                .rounds(new RoundSettings(settings.value(REPLICAS), settings.value(ROUND_STEPS)))
                .seed(settings.value(SEED))
                .build());
  }

  /**
   * The whole run.
   *
   * @param features location of the features
   * @param output folder of the run
   * @param start what happens if the output exists
   * @param device what the network will run on
   * @throws UserException if a value is out of its range, or an initial model is missing
   */
  public static TrainJobSettings job(
      Settings settings,
      String features,
      String output,
      TrainJobSettings.Start start,
      Device.Kind device) {
    TrainingSettings training = training(settings, device);
    String initial = settings.value(INITIAL_MODEL).strip();
    if (initial.isEmpty() != (training.mode() == Mode.SCRATCH)) {
      throw new UserException(
          initial.isEmpty()
              ? "mode = %s needs initial-model = LOCATION".formatted(text(training.mode()))
              : "initial-model needs mode = fine-tune or linear-probe, not scratch");
    }
    int keep = settings.value(KEEP_CHECKPOINTS);
    if (keep < 1) {
      throw new UserException("keep-checkpoints must be at least 1, not " + keep);
    }
    return new TrainJobSettings(
        features,
        output,
        start,
        settings.value(MODEL_ID),
        settings.value(SPLIT),
        Settings.validated(
            () ->
                new SplitSettings(
                    settings.value(VALIDATION_SHARE),
                    settings.value(TEST_SHARE),
                    settings.value(SEED))),
        training,
        initial.isEmpty() ? Optional.empty() : Optional.of(initial),
        keep);
  }

  private static String text(Mode mode) {
    return mode == Mode.FINE_TUNE ? "fine-tune" : "linear-probe";
  }

  private static Precision precision(PrecisionChoice choice, Device.Kind device) {
    return switch (choice) {
      case AUTO -> device == Device.Kind.CPU ? Precision.FLOAT32 : Precision.FLOAT16;
      case FLOAT16 -> Precision.FLOAT16;
      case FLOAT32 -> Precision.FLOAT32;
    };
  }

  private static int microBatch(String text) {
    if (text.strip().equals("auto")) {
      return 0;
    }
    try {
      int size = Integer.parseInt(text.strip());
      if (size >= 1) {
        return size;
      }
    } catch (NumberFormatException e) {
      // told below, as for 0
    }
    throw new IllegalArgumentException("must be auto or a whole number from 1");
  }
}
