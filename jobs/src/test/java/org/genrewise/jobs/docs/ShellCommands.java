package org.genrewise.jobs.docs;

import java.util.ArrayList;
import java.util.List;
import org.genrewise.jobs.docs.MarkdownPage.CodeBlock;

/** Shell commands as pages show them, split into words. */
final class ShellCommands {
  private static final String PROMPT = "$ ";

  private ShellCommands() {}

  /**
   * The commands of a page: of its blocks of code, in their order, then of its text. Blocks that
   * end with an exit code show what is refused, and are left out.
   */
  static List<List<String>> of(MarkdownPage page) {
    List<List<String>> commands = new ArrayList<>();
    for (CodeBlock block : page.blocks()) {
      if (!block.lines().get(block.lines().size() - 1).matches("exit code \\d+")) {
        commands.addAll(of(block));
      }
    }
    page.inlineCode().forEach(code -> commands.addAll(words(code)));
    return commands;
  }

  /** The commands of a block; of one with prompts only what stands behind these. */
  static List<List<String>> of(CodeBlock block) {
    boolean prompts = block.lines().stream().anyMatch(line -> line.startsWith(PROMPT));
    List<List<String>> commands = new ArrayList<>();
    StringBuilder command = new StringBuilder();
    for (String line : block.lines()) {
      if (command.isEmpty() && prompts && !line.startsWith(PROMPT)) {
        continue;
      }
      String part = command.isEmpty() && prompts ? line.substring(PROMPT.length()) : line;
      if (part.endsWith("\\")) {
        command.append(part, 0, part.length() - 1);
      } else {
        commands.addAll(words(command.append(part).toString()));
        command.setLength(0);
      }
    }
    return commands;
  }

  /** What a block with prompts shows as printed, on one line. */
  static String output(CodeBlock block) {
    List<String> lines = new ArrayList<>();
    boolean continued = false;
    for (String line : block.lines()) {
      if (!continued && !line.startsWith(PROMPT)) {
        lines.add(line);
      }
      continued = (continued || line.startsWith(PROMPT)) && line.endsWith("\\");
    }
    return String.join(" ", lines);
  }

  /**
   * Splits a line into commands, and these into words: quotes, backslashes and comments as a shell
   * has them. Redirections end a command.
   */
  private static List<List<String>> words(String line) {
    List<List<String>> commands = new ArrayList<>();
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean inWord = false;
    char quote = 0;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (quote != 0) {
        if (c == quote) {
          quote = 0;
        } else {
          word.append(c);
        }
      } else if (c == '\'' || c == '"') {
        quote = c;
        inWord = true;
      } else if (c == '#' && !inWord) {
        break;
      } else if (Character.isWhitespace(c) || "|&;>".indexOf(c) >= 0) {
        if (inWord) {
          words.add(word.toString());
          word.setLength(0);
          inWord = false;
        }
        if (!Character.isWhitespace(c)) {
          commands.add(words);
          words = new ArrayList<>();
        }
      } else {
        word.append(c);
        inWord = true;
      }
    }
    if (inWord) {
      words.add(word.toString());
    }
    commands.add(words);
    return commands.stream().filter(command -> !command.isEmpty()).toList();
  }
}
