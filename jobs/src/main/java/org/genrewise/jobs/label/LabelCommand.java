package org.genrewise.jobs.label;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.genrewise.device.DeviceChoice;
import org.genrewise.jobs.cli.Console;
import org.genrewise.jobs.command.CommandRunner;
import org.genrewise.jobs.command.DeviceOption;
import org.genrewise.jobs.command.SparkVerbCommand;
import org.genrewise.jobs.model.LoadedModel;
import org.genrewise.jobs.settings.Settings;
import org.genrewise.jobs.spark.Storage;
import org.genrewise.jobs.track.LibrarySettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The verb label. */
@Command(
    name = "label",
    description = "Labels what is new in a library of audio files, with a trained model.",
    mixinStandardHelpOptions = true)
public final class LabelCommand extends SparkVerbCommand {

  @Option(
      names = "--input",
      required = true,
      paramLabel = "LOCATION",
      description =
          "Folder with audio, listed with all folders below it; one file; or a pattern with"
              + " *, ?, [a-z] or {one,two}. Can be repeated. Required")
  private List<String> inputs;

  @Option(
      names = "--manifest",
      paramLabel = "FILE",
      description =
          "CSV or Parquet with the column path, instead of listing the input. Default: none")
  private String manifest;

  @Option(
      names = "--model",
      required = true,
      paramLabel = "LOCATION",
      description = "Output of train, or the bundle in it. Required")
  private String model;

  @Option(
      names = "--output",
      required = true,
      paramLabel = "LOCATION",
      description =
          "Root of the tables labels, failures and slices; those of earlier runs grow. Required")
  private String output;

  @Option(
      names = "--force",
      description = "Label again what has its row already. Default: only what is new or changed")
  private boolean force;

  @Option(
      names = "--dry-run",
      description = "Tell what would be done and how long it would take. Default: do it")
  private boolean dryRun;

  @Option(
      names = "--report-removed",
      description =
          "Count tracks that have rows but are no longer listed, and name them in the table"
              + " removed. Default: don't")
  private boolean reportRemoved;

  @Option(
      names = "--slices-per-track",
      paramLabel = "N",
      description =
          "Analyse N evenly spaced slices of each track; short for --set slices-per-track=N."
              + " Default: as the setting says")
  private Integer slicesPerTrack;

  @Mixin private DeviceOption deviceOption;

  public LabelCommand() {
    super(LabelOptions.SCHEMA);
  }

  public static void main(String[] arguments) {
    System.exit(CommandRunner.run(new LabelCommand(), arguments));
  }

  @Override
  protected List<String> assignments() {
    return slicesPerTrack == null
        ? super.assignments()
        : Stream.concat(
                super.assignments().stream(),
                Stream.of(LabelOptions.SLICES_PER_TRACK.name() + "=" + slicesPerTrack))
            .toList();
  }

  @Override
  protected Optional<DeviceChoice> deviceChoice() {
    return Optional.of(deviceOption.choice());
  }

  @Override
  protected void run(SparkSession spark, Console console, Settings settings) {
    Configuration configuration = spark.sparkContext().hadoopConfiguration();
    String folder = LoadedModel.locate(new Storage(configuration), model);
    LoadedModel loaded = LoadedModel.load(folder, configuration);
    LabelSettings label = settings(settings, folder, loaded);
    if (dryRun) {
      LabelJob.plan(spark, console, label, loaded).lines().forEach(console::print);
      return;
    }
    LabelResult result = LabelJob.run(spark, console, label, loaded);
    if (result.removedTracks() >= 0) {
      console.print("%,d tracks with rows are no longer there".formatted(result.removedTracks()));
    }
    console.print(
        "%,d tracks labelled, %,d failed, %,d skipped, in %s (%,.0f tracks an hour, %,.0f times real time): %s"
            .formatted(
                result.labelledTracks(),
                result.failedTracks(),
                result.unchanged(),
                Console.duration(result.seconds()),
                result.tracksPerHour(),
                result.timesRealTime(),
                output));
  }

  private LabelSettings settings(Settings settings, String folder, LoadedModel loaded) {
    return LabelOptions.settings(
        settings,
        LibrarySettings.of(
            inputs,
            Optional.ofNullable(manifest),
            settings,
            loaded.info().features().cqt().sampleRate()),
        folder,
        output,
        new LabelSettings.Scope(force, reportRemoved));
  }
}
