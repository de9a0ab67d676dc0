package org.genrewise.jobs.docs;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.genrewise.jobs.Genrewise;
import org.genrewise.jobs.command.VerbCommand;
import org.genrewise.jobs.settings.Setting;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The page docs/options.md, made from the command line's own model. */
final class OptionsPage {
  private static final Pattern REQUIRED = Pattern.compile("(?s)(.*?)\\.? *Required\\.?");
  private static final Pattern DEFAULT = Pattern.compile("(?s)(.*?)\\. *Default: (.*)");
  private static final int LONG = 40;
  private static final String HEAD =
      """
      # Options

      Every verb with its options and settings, to look a name up. Made from the program: `./genrewise VERB --help` says the
      same. [All pages](README.md)

      An option stands on the command line. A setting is given by `--set KEY=VALUE`, or stands in a file for `--config`; the
      files in [conf](../conf) have all of them at their defaults. What `--set` says counts more than the file, and the file
      more than the default. In a file `VALUE` may be a list or stand in quotes, as HOCON has it. Every verb has `--help` and
      `--version` too.

      """;

  private final StringBuilder page = new StringBuilder(HEAD);

  private OptionsPage() {}

  static String text() {
    OptionsPage page = new OptionsPage();
    List<CommandLine> verbs = verbs();
    page.contents(verbs);
    verbs.forEach(page::verb);
    return page.page.toString();
  }

  /** All verbs but picocli's help. */
  static List<CommandLine> verbs() {
    return new CommandLine(new Genrewise())
        .getSubcommands().values().stream()
            .distinct()
            .filter(line -> !line.getCommandSpec().usageMessage().hidden())
            .filter(line -> !(line.getCommand() instanceof CommandLine.HelpCommand))
            .toList();
  }

  private void contents(List<CommandLine> verbs) {
    List<String> names =
        verbs.stream().map(verb -> "[%1$s](#%1$s)".formatted(verb.getCommandName())).toList();
    page.append("Verbs: ").append(String.join(", ", names)).append(".\n");
  }

  private void verb(CommandLine verb) {
    CommandSpec spec = verb.getCommandSpec();
    page.append(
            "\n## %s\n\n%s\n\n".formatted(spec.name(), plain(spec.usageMessage().description())))
        .append("    ./genrewise %s\n".formatted(synopsis(spec)));
    table("option", options(spec));
    if (verb.getCommand() instanceof VerbCommand command && hasSettings(command)) {
      page.append(
          "\nSettings:\n\n| setting | unit | default | meaning |\n| --- | --- | --- | --- |\n");
      command.schema().settings().forEach(this::setting);
    }
  }

  private static boolean hasSettings(VerbCommand command) {
    return !command.schema().settings().isEmpty();
  }

  private static String synopsis(CommandSpec spec) {
    List<String> words = new ArrayList<>(List.of(spec.name()));
    for (OptionSpec option : spec.options()) {
      if (option.required()) {
        words.add(usage(option));
      }
    }
    spec.positionalParameters().forEach(parameter -> words.add(parameter.paramLabel()));
    words.add("[OPTIONS]");
    return String.join(" ", words);
  }

  private static List<ArgSpec> options(CommandSpec spec) {
    List<ArgSpec> all = new ArrayList<>();
    for (PositionalParamSpec parameter : spec.positionalParameters()) {
      all.add(parameter);
    }
    spec.options().stream().filter(OptionSpec::required).forEach(all::add);
    spec.options().stream().filter(option -> !option.required()).forEach(all::add);
    return all.stream().filter(option -> !option.hidden() && !isHelp(option)).toList();
  }

  /** Whether it is one of --help and --version, which all verbs have. */
  static boolean isHelp(ArgSpec argument) {
    return argument instanceof OptionSpec option && (option.usageHelp() || option.versionHelp());
  }

  private void table(String what, List<ArgSpec> options) {
    page.append("\n| %s | default | meaning |\n| --- | --- | --- |\n".formatted(what));
    for (ArgSpec option : options) {
      Described described = Described.of(option);
      row(code(usage(option)), described.standard(), described.meaning());
    }
  }

  private void setting(Setting<?> setting) {
    row(
        code(setting.name()),
        setting.unit(),
        setting.defaultText().isEmpty() ? "none" : code(breakable(setting.defaultText())),
        setting.description());
  }

  private void row(String... cells) {
    page.append("|");
    for (String cell : cells) {
      page.append(' ').append(cell.replace("|", "\\|")).append(" |");
    }
    page.append('\n');
  }

  private static String usage(ArgSpec argument) {
    if (argument instanceof OptionSpec option) {
      String names = String.join(", ", option.names());
      return option.arity().max() == 0 ? names : names + " " + option.paramLabel();
    }
    return argument.paramLabel();
  }

  /** A long list with spaces in it, where its lines may break; a list is read with or without. */
  private static String breakable(String text) {
    return text.length() < LONG ? text : text.replace(",", ", ");
  }

  private static String code(String text) {
    return "`" + text + "`";
  }

  private static String plain(String... lines) {
    return Ansi.OFF.string(String.join(" ", lines).replace("%n", " ")).strip();
  }

  /** The description of an option, taken apart: house rule is that it ends with its default. */
  private record Described(String meaning, String standard) {
    static Described of(ArgSpec option) {
      String value = String.valueOf(option.defaultValue());
      String text = plain(option.description()).replace("${DEFAULT-VALUE}", value);
      Matcher required = REQUIRED.matcher(text);
      if (required.matches()) {
        return new Described(required.group(1), "required");
      }
      Matcher standard = DEFAULT.matcher(text);
      if (standard.matches()) {
        boolean isValue = standard.group(2).equals(value);
        return new Described(
            standard.group(1), isValue ? code(standard.group(2)) : standard.group(2));
      }
      return new Described(text, "");
    }
  }
}
