package org.genrewise.jobs.evaluate;

import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.genrewise.device.DeviceChoice;
import org.genrewise.jobs.cli.Console;
import org.genrewise.jobs.command.CommandRunner;
import org.genrewise.jobs.command.DeviceOption;
import org.genrewise.jobs.command.OutputOption;
import org.genrewise.jobs.command.SparkVerbCommand;
import org.genrewise.jobs.model.LoadedModel;
import org.genrewise.jobs.settings.Setting;
import org.genrewise.jobs.settings.Settings;
import org.genrewise.jobs.settings.SettingsSchema;
import org.genrewise.jobs.spark.Storage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The verb evaluate. */
@Command(
    name = "evaluate",
    description = "Compares what a model says of labelled features with their labels.",
    mixinStandardHelpOptions = true)
public final class EvaluateCommand extends SparkVerbCommand {
  private static final Setting<EvaluatedPart> PART =
      Setting.choice(
          "part",
          EvaluatedPart.class,
          EvaluatedPart.TEST,
          "which tracks are used, by the split that training stored");

  @Option(
      names = "--features",
      required = true,
      paramLabel = "LOCATION",
      description = "Output of extract. Required")
  private String features;

  @Option(
      names = "--model",
      required = true,
      paramLabel = "LOCATION",
      description = "Output of train, or the bundle in it. Required")
  private String model;

  @Option(
      names = "--split",
      paramLabel = "LOCATION",
      description = "The split that train stored. Default: the folder split beside the model")
  private String split;

  @Option(
      names = "--output",
      paramLabel = "LOCATION",
      description = "Folder for metrics, predictions and report. Default: none is written")
  private String output;

  @Mixin private OutputOption replacing;

  @Mixin private DeviceOption deviceOption;

  public EvaluateCommand() {
    super(new SettingsSchema(java.util.List.of(PART)));
  }

  public static void main(String[] arguments) {
    System.exit(CommandRunner.run(new EvaluateCommand(), arguments));
  }

  @Override
  protected Optional<DeviceChoice> deviceChoice() {
    return Optional.of(deviceOption.choice());
  }

  @Override
  protected void run(SparkSession spark, Console console, Settings settings) {
    Configuration configuration = spark.sparkContext().hadoopConfiguration();
    Storage storage = new Storage(configuration);
    String folder = LoadedModel.locate(storage, model);
    LoadedModel loaded = LoadedModel.load(folder, configuration);
    EvaluateResult result =
        EvaluateJob.run(
            spark,
            console,
            new EvaluateSettings(
                features,
                folder,
                settings.value(PART),
                Optional.ofNullable(split).or(() -> splitBeside(storage, folder)),
                Optional.ofNullable(output),
                replacing.mode()),
            loaded);
    EvaluationBlocks.table(result.evaluation()).print(console);
    if (output != null) {
      console.print("report: " + output + "/report.html");
    }
  }

  private static Optional<String> splitBeside(Storage storage, String folder) {
    String beside = folder.replaceAll("/+$", "") + "/../split";
    return storage.exists(beside) ? Optional.of(beside) : Optional.empty();
  }
}
