package org.genrewise.jobs.train;

import org.apache.spark.sql.SparkSession;
import org.genrewise.jobs.cli.CommandRunner;
import org.genrewise.jobs.cli.Console;
import org.genrewise.jobs.cli.VerbCommand;
import org.genrewise.jobs.evaluate.EvaluationBlocks;
import org.genrewise.jobs.settings.Settings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The verb train. */
@Command(
    name = "train",
    description = "Trains a network on labelled features.",
    mixinStandardHelpOptions = true)
public final class TrainCommand extends VerbCommand {

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

  public TrainCommand() {
    super(TrainOptions.SCHEMA);
  }

  public static void main(String[] arguments) {
    System.exit(CommandRunner.run(new TrainCommand(), arguments));
  }

  @Override
  protected void run(SparkSession spark, Console console, Settings settings) {
    TrainResult result =
        TrainJob.run(
            spark,
            console,
            new TrainJobSettings(
                features,
                output,
                outputMode(),
                TrainOptions.modelId(settings),
                TrainOptions.split(settings),
                TrainOptions.training(settings)));
    console.print(
        "trained %d epochs in %s; epoch %d was best; on the test part:"
            .formatted(
                result.training().history().size(),
                Console.duration(result.seconds()),
                result.training().bestEpoch()));
    EvaluationBlocks.lines(result.test()).forEach(console::print);
    console.print("model: " + result.model());
    console.print("report: " + output + "/report.html");
  }
}
