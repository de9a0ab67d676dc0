package org.genrewise.jobs.completion;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.genrewise.jobs.command.VerbCommand;
import org.genrewise.jobs.settings.Setting;
import picocli.CommandLine;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * A script for bash, and for zsh by its bashcompinit, that knows every verb, its options, the names
 * of its settings, and the values of those that have a few. Where nothing of that is asked for, the
 * shell completes names of files.
 */
final class CompletionScript {
  private static final String BEGIN =
      """
      # Completion of %1$s, for bash and zsh. Use: source <(./%1$s completion bash)
      if [ -n "${ZSH_VERSION-}" ]; then
        autoload -Uz compinit bashcompinit
        type compdef >/dev/null 2>&1 || compinit
        bashcompinit
      fi

      # What may stand at a place: of a verb, after an option, or as the value of a setting.
      _%1$s_words() {
        case "$1" in
      """;

  private static final String END =
      """
        esac
      }

      _%1$s() {
        local line="${COMP_LINE:0:$COMP_POINT}" word before verb option value place prefix=""
        word="${line##* }"
        before="${line%%"$word"}"
        before="${before%%"${before##*[! ]}"}"
        verb="${before#* }"
        verb="${verb%%%% *}"
        [ "$verb" != "$before" ] || verb=""
        case "$word" in
          --*=*) option="${word%%%%=*}" value="${word#*=}" ;;
          -*) option="-" value="$word" ;;
          *) option="${before##* }" value="$word" ;;
        esac
        place="$verb $option"
        [ "$option" != "$verb" ] || place="$verb"
        [ -n "$verb" ] || place=""
        case "$value" in
          *=*) place="$place ${value%%%%=*}" value="${value#*=}" ;;
        esac
        # bash takes what follows a = for a word of its own, zsh does not
        case "${COMP_WORDBREAKS-}" in
          *=*) ;;
          *) prefix="${word%%"$value"}" ;;
        esac
        local IFS=$'\\n'
        # shellcheck disable=SC2207 # zsh has no mapfile
        COMPREPLY=($(compgen -P "$prefix" -W "$(_%1$s_words "$place")" -- "$value"))
        case "${COMPREPLY[0]-}" in
          *=) type compopt >/dev/null 2>&1 && compopt -o nospace 2>/dev/null ;;
        esac
        return 0
      }

      complete -o default -F _%1$s %1$s
      """;

  private final CommandSpec root;
  private final StringBuilder text = new StringBuilder();

  private CompletionScript(CommandSpec root) {
    this.root = root;
  }

  /** The script for a command with verbs. */
  static String of(CommandSpec root) {
    return new CompletionScript(root).write();
  }

  private String write() {
    text.append(BEGIN.formatted(root.name()));
    List<String> atRoot = new ArrayList<>(root.subcommands().keySet());
    root.options().forEach(option -> atRoot.addAll(Arrays.asList(option.names())));
    place("", atRoot);
    for (Map.Entry<String, CommandLine> verb : root.subcommands().entrySet()) {
      verb(verb.getKey(), verb.getValue());
    }
    return text.append(END.formatted(root.name())).toString();
  }

  private void verb(String name, CommandLine line) {
    List<String> options = new ArrayList<>();
    for (OptionSpec option : line.getCommandSpec().options()) {
      options.addAll(Arrays.asList(option.names()));
      place(name + " " + option.longestName(), values(option.paramLabel()));
    }
    place(name + " -", options);
    if (line.getCommand() instanceof HelpCommand) {
      place(name, List.copyOf(root.subcommands().keySet()));
    }
    for (PositionalParamSpec parameter : line.getCommandSpec().positionalParameters()) {
      place(name, values(parameter.paramLabel()));
    }
    if (line.getCommand() instanceof VerbCommand verb) {
      settings(name, verb.schema().settings());
    }
  }

  private void settings(String verb, List<Setting<?>> settings) {
    place(verb + " --set", settings.stream().map(setting -> setting.name() + "=").toList());
    for (Setting<?> setting : settings) {
      place(
          verb + " --set " + setting.name(),
          values(setting.unit()).stream().filter(value -> isValue(setting, value)).toList());
    }
  }

  /** The alternatives in a label such as {@code auto|cpu|cuda}; none in any other. */
  private static List<String> values(String label) {
    return label.contains("|") ? Arrays.asList(label.split(" *\\| *")) : List.of();
  }

  /** A unit may name a kind of value beside values: {@code auto | slices}. */
  private static boolean isValue(Setting<?> setting, String text) {
    try {
      setting.parser().apply(text);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private void place(String place, List<String> words) {
    if (!words.isEmpty()) {
      StringJoiner lines = new StringJoiner(" ");
      words.forEach(word -> lines.add("'" + word + "'"));
      text.append("    '%s') printf '%%s\\n' %s ;;\n".formatted(place, lines));
    }
  }
}
