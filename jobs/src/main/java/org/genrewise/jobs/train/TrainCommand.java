package org.genrewise.jobs.train;

import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.genrewise.device.DeviceChoice;
import org.genrewise.jobs.cli.Console;
import org.genrewise.jobs.cli.UserException;
import org.genrewise.jobs.command.CommandRunner;
import org.genrewise.jobs.command.DeviceOption;
import org.genrewise.jobs.command.OutputOption;
import org.genrewise.jobs.command.SparkVerbCommand;
import org.genrewise.jobs.evaluate.EvaluationBlocks;
import org.genrewise.jobs.settings.Settings;
import org.genrewise.jobs.spark.OutputMode;
import org.genrewise.jobs.train.TrainJobSettings.Start;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The verb train. */
@Command(
    name = "train",
    description = "Trains a network on labelled features.",
    mixinStandardHelpOptions = true)
public final class TrainCommand extends SparkVerbCommand {

  @Option(
      names = "--features",
      required = true,
      paramLabel = "LOCATION",
      description = "Output of extract. Required")
  private String features;

  @Option(
      names = "--output",
      required = true,
      paramLabel = "LOCATION",
      description = "Folder for the model, the split, metrics, history and report. Required")
  private String output;

  @Option(
      names = "--resume",
      description =
          "Go on from the last checkpoint in the output, if there is one. Default: refuse an output"
              + " that exists")
  private boolean resume;

  @Mixin private OutputOption replacing;

  @Mixin private DeviceOption deviceOption;

  public TrainCommand() {
    super(TrainOptions.SCHEMA);
  }

  public static void main(String[] arguments) {
    System.exit(CommandRunner.run(new TrainCommand(), arguments));
  }

  @Override
  protected Optional<DeviceChoice> deviceChoice() {
    return Optional.of(deviceOption.choice());
  }

  @Override
  protected void run(SparkSession spark, Console console, Settings settings) {
    TrainResult result =
        TrainJob.run(
            spark, console, TrainOptions.job(settings, features, output, start(), device().kind()));
    console.print(
        "trained %d epochs in %s; epoch %d was kept; on the test part:"
            .formatted(
                result.training().history().size(),
                Console.duration(result.seconds()),
                result.training().keptEpoch()));
    EvaluationBlocks.table(result.test()).print(console);
    console.print("model:  " + result.model());
    console.print("report: " + output + "/report.html");
  }

  private Start start() {
    if (resume && replacing.mode() == OutputMode.OVERWRITE) {
      throw new UserException("--resume and --overwrite exclude each other; give one");
    }
    if (resume) {
      return Start.RESUME;
    }
    return replacing.mode() == OutputMode.OVERWRITE ? Start.OVERWRITE : Start.REFUSE_EXISTING;
  }
}
