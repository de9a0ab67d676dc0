package org.genrewise.jobs.benchmark;

import java.util.Arrays;
import java.util.List;
import org.genrewise.extraction.FeatureSettings;
import org.genrewise.jobs.settings.Setting;
import org.genrewise.jobs.settings.Settings;
import org.genrewise.jobs.settings.SettingsSchema;
import org.genrewise.network.Width;
import org.genrewise.training.SplitSettings;

/** The settings of a benchmark of files, as users name them. */
final class FilesOptions {
  private static final String WIDTHS = "1 | 1/2 | 1/4 | 1/8 | 1/16";

  private static final Setting<List<Integer>> COUNTS =
      new Setting<>(
          "counts",
          "1,10,100",
          "files",
          "how many files are labelled, a row each; where there are fewer, the last row has all,"
              + " and where there are more, no more than the last number are used",
          FilesOptions::counts);
  private static final Setting<Width> WIDTH =
      new Setting<>(
          "width",
          "1",
          WIDTHS,
          "of the network that labels and that learns an epoch, by how much it is narrower than"
              + " VGG19",
          Width::parse);
  private static final Setting<Integer> INPUT_SIZE =
      Setting.whole("input-size", 224, "pixels", "height and width of its pictures");
  private static final Setting<Double> SLICE_SECONDS =
      Setting.number(
          "slice-seconds", FeatureSettings.DEFAULT_SLICE_SECONDS, "s", "length of a slice");
  private static final Setting<Integer> RUNS =
      Setting.whole(
          "runs", 3, "runs", "counted runs of a row; rows of 50 files and more are run once");
  private static final Setting<Integer> BATCH_SIZE =
      Setting.whole(
          "batch-size",
          8,
          "slices",
          "slices in a step of the epoch; they go through the network together");
  private static final Setting<Integer> EPOCH_SLICES =
      Setting.whole(
          "epoch-slices",
          400,
          "slices",
          "most slices of the epoch, evenly spread over the files, so that a CPU needs minutes; 0:"
              + " all");
  private static final Setting<Boolean> CPU_FLOAT16 =
      Setting.flag(
          "cpu-float16",
          "whether the CPU is measured in float16 too, which saves memory there and costs time");
  private static final Setting<Integer> ACCURACY_RUNS =
      Setting.whole(
          "accuracy-runs",
          3,
          "trainings",
          "networks that are trained and tested, each with a split of its own; 0 leaves them out");
  private static final Setting<Width> ACCURACY_WIDTH =
      new Setting<>("accuracy-width", "1/8", WIDTHS, "of these networks", Width::parse);
  private static final Setting<Integer> ACCURACY_INPUT_SIZE =
      Setting.whole("accuracy-input-size", 64, "pixels", "height and width of their pictures");
  private static final Setting<Integer> ACCURACY_EPOCHS =
      Setting.whole("accuracy-epochs", 40, "epochs", "of each of their trainings");
  private static final Setting<Integer> ACCURACY_BATCH_SIZE =
      Setting.whole("accuracy-batch-size", 16, "slices", "slices in a step of their trainings");
  private static final Setting<Double> ACCURACY_LEARNING_RATE =
      Setting.number(
          "accuracy-learning-rate",
          0.001,
          "above 0",
          "of AdamW after a warm-up of a twentieth, falling along half a cosine");
  private static final Setting<Double> TEST_SHARE =
      Setting.number(
          "test-share", 0.25, "0 to 1", "share of the files that these trainings never see");
  private static final Setting<Double> VALIDATION_SHARE =
      Setting.number(
          "validation-share",
          0.1,
          "0 to 1",
          "share of the files by which these trainings are watched; nothing is chosen by it");
  private static final Setting<Long> SEED =
      Setting.seed(
          "seed",
          SplitSettings.DEFAULT.seed(),
          "of the first split, its network's first weights and order; the other runs' follow");

  static final SettingsSchema SCHEMA =
      new SettingsSchema(
          List.of(
              COUNTS,
              WIDTH,
              INPUT_SIZE,
              SLICE_SECONDS,
              RUNS,
              BATCH_SIZE,
              EPOCH_SLICES,
              CPU_FLOAT16,
              ACCURACY_RUNS,
              ACCURACY_WIDTH,
              ACCURACY_INPUT_SIZE,
              ACCURACY_EPOCHS,
              ACCURACY_BATCH_SIZE,
              ACCURACY_LEARNING_RATE,
              TEST_SHARE,
              VALIDATION_SHARE,
              SEED));

  private FilesOptions() {}

  /**
   * What the user asks for.
   *
   * @throws org.genrewise.jobs.cli.UserException if a value is out of its range
   */
  static FilesSettings of(Settings settings) {
    return Settings.validated(
        () ->
            new FilesSettings(
                settings.value(COUNTS),
                settings.value(WIDTH),
                settings.value(INPUT_SIZE),
                settings.value(SLICE_SECONDS),
                settings.value(RUNS),
                settings.value(BATCH_SIZE),
                settings.value(EPOCH_SLICES),
                settings.value(CPU_FLOAT16),
                accuracy(settings)));
  }

  private static AccuracySettings accuracy(Settings settings) {
    return new AccuracySettings(
        settings.value(ACCURACY_RUNS),
        settings.value(ACCURACY_WIDTH),
        settings.value(ACCURACY_INPUT_SIZE),
        settings.value(ACCURACY_EPOCHS),
        settings.value(ACCURACY_BATCH_SIZE),
        settings.value(ACCURACY_LEARNING_RATE),
        new SplitSettings(
            settings.value(VALIDATION_SHARE), settings.value(TEST_SHARE), settings.value(SEED)));
  }

  private static List<Integer> counts(String text) {
    try {
      return Arrays.stream(text.split(",", -1)).map(String::strip).map(Integer::valueOf).toList();
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("must be whole numbers with commas between them", e);
    }
  }
}
