package org.genrewise.jobs.command;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.genrewise.jobs.cli.Nearest;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What is wrong with a command line, in the words of this program. */
final class UsageErrors {
  private UsageErrors() {}

  /** Whether no verb was named where one is needed. */
  static boolean isWithoutVerb(ParameterException exception) {
    CommandLine line = exception.getCommandLine();
    return !line.getSubcommands().isEmpty()
        && !(line.getCommand() instanceof Callable)
        && exception.getArgSpec() == null
        && unmatched(exception).isEmpty();
  }

  /** One line: what, which value, and what was perhaps meant. */
  static String message(ParameterException exception) {
    List<String> unmatched = unmatched(exception);
    if (!unmatched.isEmpty()) {
      // An option that is missing may be one that was misspelt.
      return unmatched(exception.getCommandLine(), unmatched);
    }
    if (exception instanceof MissingParameterException missing
        && missing.getMissing().stream().allMatch(ArgSpec::isOption)
        && !missing.getMissing().isEmpty()) {
      return missing.getMissing().stream()
          .map(argument -> ((OptionSpec) argument).longestName() + "=" + argument.paramLabel())
          .collect(Collectors.joining(", ", "missing: ", ""));
    }
    String message = exception.getMessage();
    return message.substring(0, 1).toLowerCase(Locale.ROOT) + message.substring(1);
  }

  private static String unmatched(CommandLine line, List<String> unmatched) {
    String first = unmatched.get(0).replaceFirst("=.*", "");
    if (first.startsWith("-")) {
      return "there is no option '%s'".formatted(first)
          + Nearest.question(first, line.getCommandSpec().optionsMap().keySet());
    }
    return line.getSubcommands().isEmpty()
        ? "'%s' belongs to no option".formatted(unmatched.get(0))
        : "there is no verb '%s'".formatted(first)
            + Nearest.question(first, line.getSubcommands().keySet());
  }

  private static List<String> unmatched(ParameterException exception) {
    return exception instanceof UnmatchedArgumentException unmatched
        ? unmatched.getUnmatched()
        : exception.getCommandLine().getUnmatchedArguments();
  }
}
