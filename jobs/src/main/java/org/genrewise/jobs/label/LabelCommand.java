package org.genrewise.jobs.label;

import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.genrewise.jobs.cli.CommandRunner;
import org.genrewise.jobs.cli.Console;
import org.genrewise.jobs.cli.VerbCommand;
import org.genrewise.jobs.model.LoadedModel;
import org.genrewise.jobs.settings.Settings;
import org.genrewise.jobs.spark.Storage;
import org.genrewise.jobs.track.LibrarySettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The verb label. */
@Command(
    name = "label",
    description = "Labels audio files with a trained model.",
    mixinStandardHelpOptions = true)
public final class LabelCommand extends VerbCommand {

  @Option(
      names = "--input",
      required = true,
      paramLabel = "LOCATION",
      description = "Folder with audio, listed with all folders below it; or one file. Required")
  private String input;

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
      description = "Folder for the tables labels and failures. Required")
  private String output;

  public LabelCommand() {
    super(LibrarySettings.SCHEMA);
  }

  public static void main(String[] arguments) {
    System.exit(CommandRunner.run(new LabelCommand(), arguments));
  }

  @Override
  protected void run(SparkSession spark, Console console, Settings settings) {
    Configuration configuration = spark.sparkContext().hadoopConfiguration();
    String folder = LoadedModel.locate(new Storage(configuration), model);
    LoadedModel loaded = LoadedModel.load(folder, configuration);
    LabelResult result =
        LabelJob.run(
            spark,
            console,
            new LabelSettings(
                LibrarySettings.of(
                    input,
                    Optional.ofNullable(manifest),
                    settings,
                    loaded.info().features().cqt().sampleRate()),
                folder,
                output,
                outputMode()),
            loaded);
    console.print(
        "%,d tracks labelled, %,d failed, in %s (%,.0f tracks an hour, %,.0f times real time): %s"
            .formatted(
                result.tracks() - result.failedTracks(),
                result.failedTracks(),
                Console.duration(result.seconds()),
                result.tracksPerHour(),
                result.timesRealTime(),
                output));
  }
}
