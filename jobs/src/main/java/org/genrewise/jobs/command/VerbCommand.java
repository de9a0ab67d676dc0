package org.genrewise.jobs.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.genrewise.jobs.cli.Console;
import org.genrewise.jobs.cli.ExitCode;
import org.genrewise.jobs.settings.Settings;
import org.genrewise.jobs.settings.SettingsSchema;
import org.genrewise.jobs.spark.Locations;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What the command line of every verb has in common. */
public abstract class VerbCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Settings in HOCON; conf/ has one file a verb. Default: none")
  private Path config;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "One setting, over those of the file; can be repeated. Default: none")
  private List<String> assignments = List.of();

  private final SettingsSchema schema;

  /**
   * @param schema of the settings that --config and --set may name
   */
  protected VerbCommand(SettingsSchema schema) {
    this.schema = schema;
  }

  public SettingsSchema schema() {
    return schema;
  }

  @Override
  public final Integer call() throws IOException {
    requireNoCredentials();
    Settings settings = schema.resolve(Optional.ofNullable(config), assignments());
    Console console = Console.standard();
    try {
      execute(console, settings);
    } finally {
      console.clear();
    }
    return ExitCode.DONE;
  }

  /** The name of the verb. */
  protected final String verb() {
    return spec.name();
  }

  private void requireNoCredentials() {
    for (OptionSpec option : spec.options()) {
      if (option.getValue() instanceof String location) {
        Locations.requireNoCredentials(location);
      } else if (option.getValue() instanceof List<?> values) {
        values.forEach(value -> Locations.requireNoCredentials(String.valueOf(value)));
      }
    }
  }

  /** What --set names, and options of a verb that stand for a setting: each {@code key=value}. */
  protected List<String> assignments() {
    return assignments;
  }

  /** Does the work of the verb. */
  protected abstract void execute(Console console, Settings settings) throws IOException;
}
