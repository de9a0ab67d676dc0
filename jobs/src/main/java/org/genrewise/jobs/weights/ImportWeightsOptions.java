package org.genrewise.jobs.weights;

import java.util.Arrays;
import java.util.List;
import org.genrewise.bundle.ImportSettings;
import org.genrewise.bundle.ImportSettings.ImageChoice;
import org.genrewise.jobs.extract.FeatureOptions;
import org.genrewise.jobs.settings.Setting;
import org.genrewise.jobs.settings.Settings;
import org.genrewise.jobs.settings.SettingsSchema;
import org.genrewise.network.NetworkSettings;
import org.genrewise.weights.layout.Layout;

/** The settings of an import, as users name them. */
final class ImportWeightsOptions {
  private static final Setting<Layout> LAYOUT =
      Setting.choice(
          "layout",
          Layout.class,
          Layout.AUTO,
          "whose names and shapes the tensors have; auto: what the file says");
  private static final Setting<String> PREFIX =
      Setting.text(
          "prefix",
          "",
          "text",
          "of the tensors' names, for example module. or state_dict.; others are left out");
  private static final Setting<String> MODEL_ID =
      Setting.text(
          "model-id",
          "",
          "name",
          "what label rows call the model; empty: as our own export says, else imported");
  private static final Setting<List<String>> CLASSES =
      new Setting<>(
          "classes",
          "",
          "list",
          "names of the classes in the order of the outputs; empty: as our own export says, else"
              + " ccmusic's 16. torchvision's features need yours",
          ImportWeightsOptions::names);
  private static final Setting<List<Integer>> HEAD =
      new Setting<>(
          "head",
          "3958,629,100",
          "list",
          "sizes of the hidden dense layers that torchvision's features get",
          ImportWeightsOptions::sizes);
  private static final Setting<Integer> INPUT_SIZE =
      Setting.whole(
          "input-size",
          224,
          "pixels",
          "height and width of the pictures for torchvision's features, a multiple of 32 from 32 to"
              + " 1024; elsewhere the head decides");
  private static final Setting<Double> DROPOUT =
      Setting.number(
          "dropout",
          NetworkSettings.DEFAULT_DROPOUT,
          "0 to 1",
          "probability that a value entering a hidden dense layer is dropped in further training");
  private static final Setting<ImageChoice> IMAGE_FORMAT =
      Setting.choice(
          "image-format",
          ImageChoice.class,
          ImageChoice.AUTO,
          "what pictures are resized from; auto: jpeg for ccmusic's layout, as its own network saw"
              + " them, lossless for torchvision's features");
  private static final Setting<Long> SEED =
      Setting.seed("seed", 1, "of the first weights of a new head");

  static final SettingsSchema SCHEMA =
      new SettingsSchema(
              List.of(
                  LAYOUT, PREFIX, MODEL_ID, CLASSES, HEAD, INPUT_SIZE, IMAGE_FORMAT, DROPOUT, SEED))
          .and(FeatureOptions.SCHEMA);

  private ImportWeightsOptions() {}

  /**
   * How the user wants a checkpoint read.
   *
   * @throws org.genrewise.jobs.cli.UserException if a value is out of its range
   */
  static ImportSettings of(Settings settings) {
    return Settings.validated(
        () ->
            new ImportSettings(
                settings.value(LAYOUT),
                settings.value(PREFIX),
                settings.value(MODEL_ID).strip(),
                settings.value(CLASSES),
                FeatureOptions.of(settings),
                settings.value(IMAGE_FORMAT),
                settings.value(DROPOUT),
                settings.value(INPUT_SIZE),
                settings.value(HEAD),
                settings.value(SEED)));
  }

  private static List<String> names(String text) {
    return text.isBlank()
        ? List.of()
        : Arrays.stream(text.split(",", -1)).map(String::strip).toList();
  }

  private static List<Integer> sizes(String text) {
    try {
      return names(text).stream().map(Integer::valueOf).toList();
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("must be whole numbers with commas between them", e);
    }
  }
}
