package org.genrewise.jobs.completion;

import java.io.PrintWriter;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.genrewise.jobs.cli.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** The verb completion. */
@Command(
    name = "completion",
    description = "Writes a script by which a shell completes verbs, options, settings and files.",
    footer = {"", "To use it: source <(./genrewise completion bash)"},
    mixinStandardHelpOptions = true)
public final class CompletionCommand implements Callable<Integer> {

  /** The shells that are known. One script is for both. */
  enum Shell {
    BASH,
    ZSH
  }

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "bash|zsh",
      converter = Converter.class,
      description = "The shell. Required")
  private Shell shell;

  private static final class Converter implements ITypeConverter<Shell> {
    @Override
    public Shell convert(String text) {
      return Arrays.stream(Shell.values())
          .filter(shell -> shell.name().toLowerCase(Locale.ROOT).equals(text))
          .findFirst()
          .orElseThrow(
              () -> new TypeConversionException("must be bash or zsh, not '%s'".formatted(text)));
    }
  }

  /** Made by the command line parser. */
  public CompletionCommand() {}

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    out.print(CompletionScript.of(spec.root()));
    out.flush();
    return ExitCode.DONE;
  }
}
