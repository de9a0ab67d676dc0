package org.genrewise.jobs.command;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.genrewise.bundle.BundleException;
import org.genrewise.device.DeviceException;
import org.genrewise.jobs.cli.ExitCode;
import org.genrewise.jobs.cli.Style;
import org.genrewise.jobs.cli.Terminal;
import org.genrewise.jobs.cli.UserException;
import org.genrewise.jobs.spark.Locations;
import org.genrewise.training.LeakException;
import org.genrewise.training.NotEnoughMemoryException;
import org.genrewise.training.checkpoint.CheckpointException;
import org.genrewise.training.optimiser.TrainingDivergedException;
import org.genrewise.weights.WeightsException;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Runs a command line and tells by its exit code whose fault a failure was. */
public final class CommandRunner {
  private CommandRunner() {}

  /** Runs a command; returns an {@link ExitCode}. */
  public static int run(Object command, String... arguments) {
    // Numbers look alike wherever the user lives, and as they do in tables and settings.
    Locale.setDefault(Locale.ROOT);
    return commandLine(command).execute(arguments);
  }

  /** How Linux says it, and so Java and Hadoop. */
  private static final String DISK_FULL = "No space left on device";

  /** How Spark says that it has ended under the hands of a run. */
  private static final String SPARK_STOPPED = "stopped SparkContext";

  /** What executors refuse, as a stack trace says it. */
  private static final List<String> REFUSALS =
      Stream.of(DeviceException.class, BundleException.class, UserException.class)
          .map(type -> type.getName() + ": ")
          .toList();

  static CommandLine commandLine(Object command) {
    CommandLine line = new CommandLine(command);
    line.setExecutionExceptionHandler(
        (exception, failed, parsed) -> {
          Throwable fault = userFault(exception);
          if (fault != null) {
            tell(failed, fault.getMessage());
            return ExitCode.USER;
          }
          StringWriter trace = new StringWriter();
          exception.printStackTrace(new PrintWriter(trace));
          tell(failed, "a fault of this program:\n" + trace.toString().stripTrailing());
          return ExitCode.BUG;
        });
    line.setParameterExceptionHandler((exception, arguments) -> usageError(exception));
    HelpTexts.complete(line);
    return line;
  }

  private static int usageError(ParameterException exception) {
    CommandLine failed = exception.getCommandLine();
    if (UsageErrors.isWithoutVerb(exception)) {
      failed.usage(failed.getErr(), HelpTexts.colours(Terminal.err()));
      return ExitCode.USAGE;
    }
    tell(failed, UsageErrors.message(exception));
    failed.getErr().println("see: " + failed.getCommandSpec().qualifiedName() + " --help");
    return ExitCode.USAGE;
  }

  /** Messages may repeat what was typed, and that may be a URI with a password in it. */
  private static void tell(CommandLine failed, String message) {
    String name = failed.getCommandSpec().qualifiedName() + ":";
    failed
        .getErr()
        .println(Terminal.err().paint(Style.ERROR, name) + " " + Locations.masked(message));
  }

  /** The user's fault among the causes, or null. */
  private static Throwable userFault(Throwable exception) {
    for (Throwable cause = exception; cause != null; cause = cause.getCause()) {
      if (cause instanceof UserException
          || cause instanceof BundleException
          || cause instanceof WeightsException
          || cause instanceof LeakException
          || cause instanceof DeviceException
          || cause instanceof TrainingDivergedException
          || cause instanceof NotEnoughMemoryException
          || cause instanceof CheckpointException) {
        return cause;
      }
      // Spark gives the causes of a task's failure as text alone.
      String text = String.valueOf(cause.getMessage());
      for (String refusal : REFUSALS) {
        int begin = text.indexOf(refusal);
        if (begin >= 0) {
          String message = text.substring(begin + refusal.length());
          return new UserException(message.lines().findFirst().orElse(text), exception);
        }
      }
      if (text.contains(SPARK_STOPPED)) {
        return new UserException(
            "Spark has stopped: its master cannot be reached, or the application was killed there;"
                + " see spark.master, and the lines of Spark above",
            exception);
      }
      if (text.contains(DISK_FULL)) {
        return new UserException(
            "a disk is full, that of the output or that of Spark's temporary files"
                + " (spark.local.dir); free some space and run again: what was finished is kept",
            exception);
      }
    }
    return null;
  }
}
