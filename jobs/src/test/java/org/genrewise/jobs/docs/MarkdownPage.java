package org.genrewise.jobs.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A page of the documentation, taken apart as far as the tests of the documentation need it. */
final class MarkdownPage {
  private static final Pattern FENCE = Pattern.compile("(```+)(\\w*)\\s*");
  private static final Pattern INLINE_CODE = Pattern.compile("`([^`]+)`");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
  private static final Pattern HEADING = Pattern.compile("#{1,6} +(.*)");

  /** The beginning of an item, or of a further line of one. */
  private static final Pattern LIST_ITEM = Pattern.compile("\\s*([-*]|\\d+\\.) |  ");

  private static final String INDENT = "    ";

  /**
   * A block of code.
   *
   * @param language as its fence names it; empty if it does not, or if the block is indented
   * @param lines without fence and indent
   */
  record CodeBlock(String language, List<String> lines) {}

  private final Path file;
  private final List<CodeBlock> blocks = new ArrayList<>();
  private final List<String> text = new ArrayList<>();

  private MarkdownPage(Path file) {
    this.file = file;
  }

  static MarkdownPage read(Path file) throws IOException {
    MarkdownPage page = new MarkdownPage(file);
    page.takeApart(Files.readAllLines(file));
    return page;
  }

  private void takeApart(List<String> lines) {
    int i = 0;
    while (i < lines.size()) {
      Matcher fence = FENCE.matcher(lines.get(i));
      if (fence.matches()) {
        int end = i + 1;
        while (!lines.get(end).startsWith(fence.group(1))) {
          end++;
        }
        blocks.add(new CodeBlock(fence.group(2), List.copyOf(lines.subList(i + 1, end))));
        i = end + 1;
      } else if (beginsIndentedCode(lines, i)) {
        requireNoListAbove();
        List<String> code = new ArrayList<>();
        while (i < lines.size() && (lines.get(i).startsWith(INDENT) || lines.get(i).isBlank())) {
          code.add(lines.get(i).replaceFirst("^ {1,4}", ""));
          i++;
        }
        blocks.add(new CodeBlock("", code));
      } else {
        text.add(lines.get(i));
        i++;
      }
    }
  }

  private static boolean beginsIndentedCode(List<String> lines, int i) {
    return lines.get(i).startsWith(INDENT) && (i == 0 || lines.get(i - 1).isBlank());
  }

  /** What is indented below a list is a paragraph of its last item, and no block of code. */
  private void requireNoListAbove() {
    String above =
        text.stream().filter(line -> !line.isBlank()).reduce("", (first, second) -> second);
    if (LIST_ITEM.matcher(above).lookingAt()) {
      throw new AssertionError(
          "%s: put a line of text between the list and the code below '%s'".formatted(file, above));
    }
  }

  Path file() {
    return file;
  }

  /** Everything but blocks of code, line by line. */
  List<String> text() {
    return List.copyOf(text);
  }

  List<CodeBlock> blocks() {
    return List.copyOf(blocks);
  }

  /** What stands between single backticks. */
  List<String> inlineCode() {
    return INLINE_CODE.matcher(joinedText()).results().map(found -> found.group(1)).toList();
  }

  /** Targets of links and pictures, as they are written. */
  List<String> links() {
    String plain = INLINE_CODE.matcher(joinedText()).replaceAll("");
    return LINK.matcher(plain).results().map(found -> found.group(1)).toList();
  }

  /** The names by which links reach the headings, as GitHub makes them. */
  List<String> anchors() {
    List<String> anchors = new ArrayList<>();
    Map<String, Integer> seen = new HashMap<>();
    for (String line : text) {
      Matcher heading = HEADING.matcher(line);
      if (heading.matches()) {
        String slug =
            heading
                .group(1)
                .strip()
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N} _-]", "")
                .replace(' ', '-');
        int before = seen.merge(slug, 1, Integer::sum) - 1;
        anchors.add(before == 0 ? slug : slug + "-" + before);
      }
    }
    return anchors;
  }

  /**
   * The rows of all tables whose header begins with some columns, each with its cells.
   *
   * @throws AssertionError if there is none
   */
  List<List<String>> table(String... columns) {
    List<String> header = Arrays.asList(columns);
    List<List<String>> rows = new ArrayList<>();
    boolean inside = false;
    for (String line : text) {
      List<String> cells = cells(line);
      if (cells.isEmpty()) {
        inside = false;
      } else if (inside && !cells.get(0).startsWith("---")) {
        rows.add(cells);
      } else if (cells.size() >= header.size()) {
        inside |= cells.subList(0, header.size()).equals(header);
      }
    }
    if (rows.isEmpty()) {
      throw new AssertionError("%s has no table with the columns %s".formatted(file, header));
    }
    return rows;
  }

  private static List<String> cells(String line) {
    if (!line.startsWith("|")) {
      return List.of();
    }
    return Arrays.stream(line.substring(1).split("(?<!\\\\)\\|")).map(String::strip).toList();
  }

  private String joinedText() {
    return String.join("\n", text);
  }

  @Override
  public String toString() {
    return file.toString();
  }
}
