package org.genrewise.jobs.demo;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.genrewise.corpus.CorpusSettings;
import org.genrewise.device.DeviceChoice;
import org.genrewise.jobs.cli.Console;
import org.genrewise.jobs.cli.TextTable;
import org.genrewise.jobs.command.CommandRunner;
import org.genrewise.jobs.command.DeviceOption;
import org.genrewise.jobs.command.OutputOption;
import org.genrewise.jobs.command.SparkVerbCommand;
import org.genrewise.jobs.demo.DemoResult.LabelledTrack;
import org.genrewise.jobs.settings.Setting;
import org.genrewise.jobs.settings.Settings;
import org.genrewise.jobs.settings.SettingsSchema;
import org.genrewise.jobs.track.LibrarySettings;
import org.genrewise.jobs.train.TrainOptions;
import org.genrewise.training.TrainingSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The verb demo. */
@Command(
    name = "demo",
    description =
        "Goes the whole way once: renders a small corpus, extracts, trains, labels, reports.",
    mixinStandardHelpOptions = true)
public final class DemoCommand extends SparkVerbCommand {
  private static final Setting<Integer> TRACKS_PER_CLASS =
      Setting.whole(
          "tracks-per-class",
          CorpusSettings.DEFAULT.tracksPerClass(),
          "tracks",
          "pieces that are rendered for each of the 16 classes");
  private static final Setting<Double> SECONDS_PER_TRACK =
      Setting.number(
          "seconds-per-track",
          CorpusSettings.DEFAULT.secondsPerTrack(),
          "s",
          "length of a rendered piece");

  /** Enough for a small corpus in minutes on two cores; train has the defaults for real data. */
  private static final Map<String, String> TRAINING =
      Map.of(
          "model-id", "demo",
          "width", "1/8",
          "input-size", "96",
          "epochs", "24",
          "batch-size", "8",
          "learning-rate", "0.001",
          "dropout", "0.1",
          "validation-share", "0.1",
          "test-share", "0.2");

  @Option(
      names = "--audio",
      paramLabel = "FOLDER",
      description = "Your own music, laid out as LABEL/track.*. Default: a corpus is rendered")
  private Path audio;

  @Option(
      names = "--output",
      defaultValue = "demo-run",
      paramLabel = "FOLDER",
      description = "Folder for everything that the demo leaves. Default: ${DEFAULT-VALUE}")
  private Path output;

  @Mixin private OutputOption replacing;

  @Mixin private DeviceOption deviceOption;

  public DemoCommand() {
    super(
        new SettingsSchema(List.of(TRACKS_PER_CLASS, SECONDS_PER_TRACK))
            .and(TrainOptions.SCHEMA.withDefaults(TRAINING))
            .and(LibrarySettings.SCHEMA));
  }

  public static void main(String[] arguments) {
    System.exit(CommandRunner.run(new DemoCommand(), arguments));
  }

  @Override
  protected Optional<DeviceChoice> deviceChoice() {
    return Optional.of(deviceOption.choice());
  }

  @Override
  protected void run(SparkSession spark, Console console, Settings settings) {
    TrainingSettings training = TrainOptions.training(settings, device().kind());
    DemoResult result =
        DemoJob.run(
            spark,
            console,
            new DemoSettings(
                Optional.ofNullable(audio),
                Settings.validated(
                    () ->
                        new CorpusSettings(
                            settings.value(TRACKS_PER_CLASS),
                            settings.value(SECONDS_PER_TRACK),
                            training.seed())),
                output,
                replacing.mode(),
                training,
                device().kind(),
                settings));
    print(console, result);
  }

  private void print(Console console, DemoResult result) {
    console.print("");
    List<List<String>> rows = new ArrayList<>();
    for (LabelledTrack track : result.labelled()) {
      rows.add(
          List.of(
              track.name(),
              track.truth(),
              track.label(),
              "%.3f".formatted(track.confidence()),
              track.right() ? "" : "wrong"));
    }
    new TextTable(List.of("track", "true label", "label", ">confidence", ""), rows).print(console);
    console.print("");
    console.print(
        "%.0f %% of %d held-out tracks labelled right (chance: %.0f %%), in %s"
            .formatted(
                100 * result.accuracy(),
                result.labelled().size(),
                100.0 / result.train().test().tracks().classes().size(),
                Console.duration(result.seconds())));
    console.print("report:   " + result.report());
    console.print("model:    " + result.train().model());
    console.print("features: " + output.resolve("extract/features"));
    console.print("labels:   " + output.resolve("label/labels"));
  }
}
