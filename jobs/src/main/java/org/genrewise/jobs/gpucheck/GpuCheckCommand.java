package org.genrewise.jobs.gpucheck;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.genrewise.check.CheckOption;
import org.genrewise.check.CheckReport;
import org.genrewise.check.CheckSettings;
import org.genrewise.check.CheckTables;
import org.genrewise.check.GpuCheck;
import org.genrewise.jobs.cli.Console;
import org.genrewise.jobs.cli.UserException;
import org.genrewise.jobs.cli.Version;
import org.genrewise.jobs.command.CommandRunner;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IModelTransformer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The verb gpu-check: whether this machine's GPU computes what a CPU does, and how fast. Its
 * options are those of {@link CheckOption}, which the plain command line has too.
 */
@Command(
    name = "gpu-check",
    description =
        "Checks the GPU part by part, each in a process of its own: results against the CPU's,"
            + " 16 bits against 32, training, speed, memory, files; beside PyTorch where it is there.",
    mixinStandardHelpOptions = true,
    modelTransformer = GpuCheckCommand.Options.class)
public final class GpuCheckCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description = "Write a page with tables and curves. Default: none")
  private Path report;

  /** Adds the options of the check. */
  static final class Options implements IModelTransformer {
    @Override
    public CommandSpec transform(CommandSpec command) {
      for (CheckOption option : CheckOption.values()) {
        command.addOption(
            OptionSpec.builder(option.text())
                .type(option == CheckOption.PART ? String[].class : String.class)
                .arity("1")
                .paramLabel(option.label())
                .description(option.description())
                .required(option == CheckOption.JSON)
                .build());
      }
      return command;
    }
  }

  public static void main(String[] arguments) {
    System.exit(CommandRunner.run(new GpuCheckCommand(), arguments));
  }

  @Override
  public Integer call() throws IOException {
    Console console = Console.standard();
    console.note("genrewise gpu-check %s; Java %s".formatted(Version.text(), Runtime.version()));
    CheckReport found;
    try {
      GpuCheck check = check();
      found = check.run(new ConsoleListener(console));
      if (report != null) {
        GpuCheckPage.of(found).write(report);
      }
    } catch (IOException e) {
      throw new UserException("the results cannot be written: " + e, e);
    }
    CheckTables.text(found).lines().forEach(console::print);
    return found.exitCode();
  }

  private GpuCheck check() {
    try {
      return new GpuCheck(settings());
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private CheckSettings settings() {
    Map<CheckOption, List<String>> given = new EnumMap<>(CheckOption.class);
    CommandLine.ParseResult parsed = spec.commandLine().getParseResult();
    for (CheckOption option : CheckOption.values()) {
      if (parsed.hasMatchedOption(option.text())) {
        given.put(option, parsed.matchedOption(option.text()).stringValues());
      }
    }
    return CheckSettings.of(given);
  }
}
