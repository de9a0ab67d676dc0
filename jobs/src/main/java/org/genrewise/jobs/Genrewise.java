package org.genrewise.jobs;

import org.genrewise.jobs.benchmark.BenchmarkCommand;
import org.genrewise.jobs.command.CommandRunner;
import org.genrewise.jobs.completion.CompletionCommand;
import org.genrewise.jobs.demo.DemoCommand;
import org.genrewise.jobs.evaluate.EvaluateCommand;
import org.genrewise.jobs.extract.ExtractCommand;
import org.genrewise.jobs.gpucheck.GpuCheckCommand;
import org.genrewise.jobs.label.LabelCommand;
import org.genrewise.jobs.serve.ServeCommand;
import org.genrewise.jobs.train.TrainCommand;
import org.genrewise.jobs.weights.ExportWeightsCommand;
import org.genrewise.jobs.weights.ImportWeightsCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** The command line of all verbs. */
@Command(
    name = "genrewise",
    description = "Labels music libraries with their genre.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "VERB",
    commandListHeading = "Verbs:%n",
    footer = {
      "",
      "genrewise VERB --help tells a verb's options and settings.",
      "Exit codes: 0 done, 1 usage, 2 your data or settings, 3 our fault."
    },
    subcommands = {
      ExtractCommand.class,
      TrainCommand.class,
      EvaluateCommand.class,
      LabelCommand.class,
      ServeCommand.class,
      ImportWeightsCommand.class,
      ExportWeightsCommand.class,
      DemoCommand.class,
      BenchmarkCommand.class,
      GpuCheckCommand.class,
      CompletionCommand.class,
      HelpCommand.class
    })
public final class Genrewise {
  /** Made by the command line parser. */
  public Genrewise() {}

  public static void main(String[] arguments) {
    System.exit(CommandRunner.run(new Genrewise(), arguments));
  }
}
