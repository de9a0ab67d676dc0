package org.genrewise.jobs.extract;

import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.genrewise.extraction.FeatureSettings;
import org.genrewise.jobs.cli.Console;
import org.genrewise.jobs.command.CommandRunner;
import org.genrewise.jobs.command.OutputOption;
import org.genrewise.jobs.command.SparkVerbCommand;
import org.genrewise.jobs.settings.Settings;
import org.genrewise.jobs.track.LibrarySettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The verb extract. */
@Command(
    name = "extract",
    description = "Turns audio files into constant-Q slices in Parquet.",
    mixinStandardHelpOptions = true)
public final class ExtractCommand extends SparkVerbCommand {

  @Option(
      names = "--input",
      required = true,
      paramLabel = "LOCATION",
      description = "Folder with audio, laid out as LABEL/track.*; or one file. Required")
  private String input;

  @Option(
      names = "--manifest",
      paramLabel = "FILE",
      description =
          "CSV or Parquet with the columns path, label, group, instead of listing the input."
              + " Default: none")
  private String manifest;

  @Option(
      names = "--output",
      required = true,
      paramLabel = "LOCATION",
      description = "Folder for the tables features and failures. Required")
  private String output;

  @Mixin private OutputOption replacing;

  public ExtractCommand() {
    super(FeatureOptions.SCHEMA.and(LibrarySettings.SCHEMA));
  }

  public static void main(String[] arguments) {
    System.exit(CommandRunner.run(new ExtractCommand(), arguments));
  }

  @Override
  protected void run(SparkSession spark, Console console, Settings settings) {
    FeatureSettings features = FeatureOptions.of(settings);
    ExtractResult result =
        ExtractJob.run(
            spark,
            console,
            new ExtractSettings(
                LibrarySettings.of(
                    input, Optional.ofNullable(manifest), settings, features.cqt().sampleRate()),
                features,
                output,
                replacing.mode()));
    console.print(
        "%,d slices of %,d tracks, %,d failed, in %s: %s"
            .formatted(
                result.slices(),
                result.tracks() - result.failedTracks(),
                result.failedTracks(),
                Console.duration(result.seconds()),
                output));
  }
}
