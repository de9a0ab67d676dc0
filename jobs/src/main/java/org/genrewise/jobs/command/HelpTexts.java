package org.genrewise.jobs.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.genrewise.jobs.cli.Terminal;
import org.genrewise.jobs.settings.Setting;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.ColorScheme;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Completes what --help says of a command and of its subcommands. */
final class HelpTexts {
  private static final int WIDTH = 80;
  private static final String INDENT = " ".repeat(6);

  private HelpTexts() {}

  /** How help looks on a terminal. */
  static ColorScheme colours(Terminal terminal) {
    return Help.defaultColorScheme(terminal.colours() ? Ansi.ON : Ansi.OFF);
  }

  static void complete(CommandLine line) {
    line.setColorScheme(colours(Terminal.out()));
    line.setUsageHelpWidth(WIDTH);
    describe(line);
    line.getSubcommands().values().forEach(HelpTexts::describe);
  }

  private static void describe(CommandLine line) {
    CommandSpec spec = line.getCommandSpec();
    spec.versionProvider(new VersionLines());
    describe(spec, "--help", "Show this help");
    describe(spec, "--version", "Show the versions of this program and of what it runs on");
    if (line.getCommand() instanceof HelpCommand) {
      spec.usageMessage().header("Shows the help of a verb.").description("");
    }
    if (line.getCommand() instanceof VerbCommand verb && !verb.schema().settings().isEmpty()) {
      spec.usageMessage().footer(settings(verb));
    }
  }

  /** The parser's own words are another voice. */
  private static void describe(CommandSpec spec, String name, String description) {
    OptionSpec option = spec.findOption(name);
    if (option != null) {
      spec.remove(option);
      spec.addOption(option.toBuilder().description(description).build());
    }
  }

  private static String[] settings(VerbCommand verb) {
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add("Settings (--set KEY=VALUE, or in a file for --config):");
    for (Setting<?> setting : verb.schema().settings()) {
      lines.add("  @|yellow %s|@ (%s)".formatted(setting.name(), setting.unit()));
      String value = setting.defaultText().isEmpty() ? "none" : setting.defaultText();
      String meaning = setting.description();
      lines.addAll(
          wrapped(
              "%s%s. Default: %s"
                  .formatted(
                      meaning.substring(0, 1).toUpperCase(Locale.ROOT),
                      meaning.substring(1),
                      value)));
    }
    return lines.stream().map(text -> text.replace("%", "%%")).toArray(String[]::new);
  }

  /** Lines that end after a blank, or after a comma of a list. */
  private static List<String> wrapped(String text) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder(INDENT);
    for (String piece : text.split("(?<= )|(?<=,)(?! )")) {
      if (line.length() + piece.stripTrailing().length() >= WIDTH) {
        lines.add(line.toString().stripTrailing());
        line = new StringBuilder(INDENT);
      }
      line.append(piece);
    }
    lines.add(line.toString().stripTrailing());
    return lines;
  }
}
