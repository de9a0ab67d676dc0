package org.genrewise.jobs.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.genrewise.audio.AudioException;
import org.genrewise.jobs.cli.ExitCode;
import org.genrewise.jobs.track.FailureTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** What the pages link to is there, and the commands that they show are commands. */
class DocumentationTest {
  private static final Path ROOT =
      Path.of(System.getProperty("genrewise.root", "..")).toAbsolutePath().normalize();
  private static final Path INDEX = ROOT.resolve("docs/README.md");
  private static final Path TROUBLESHOOTING = ROOT.resolve("docs/troubleshooting.md");
  private static final Pattern ELSEWHERE = Pattern.compile("[a-z]+:.*");

  static List<MarkdownPage> pages() throws IOException {
    List<Path> files = new ArrayList<>(List.of(ROOT.resolve("README.md")));
    files.add(ROOT.resolve("CONTRIBUTING.md"));
    files.addAll(docs());
    for (String folder : List.of("benchmarks", "notebooks")) {
      Path readme = ROOT.resolve(folder).resolve("README.md");
      if (Files.exists(readme)) {
        files.add(readme);
      }
    }
    List<MarkdownPage> pages = new ArrayList<>();
    for (Path file : files) {
      pages.add(MarkdownPage.read(file));
    }
    return pages;
  }

  private static List<Path> docs() throws IOException {
    try (Stream<Path> files = Files.list(ROOT.resolve("docs"))) {
      return files.filter(file -> file.toString().endsWith(".md")).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("pages")
  void everyLinkLeadsSomewhere(MarkdownPage page) throws IOException {
    List<String> broken = new ArrayList<>();
    for (String link : page.links()) {
      if (!ELSEWHERE.matcher(link).matches() && !resolves(page, link)) {
        broken.add(link);
      }
    }
    assertEquals(List.of(), broken);
  }

  private static boolean resolves(MarkdownPage page, String link) throws IOException {
    String[] parts = link.split("#", 2);
    Path target =
        parts[0].isEmpty()
            ? page.file()
            : page.file().resolveSibling(parts[0]).toAbsolutePath().normalize();
    return target.startsWith(ROOT)
        && Files.exists(target)
        && (parts.length == 1 || MarkdownPage.read(target).anchors().contains(parts[1]));
  }

  @Test
  void theIndexLinksToEveryPageAndEveryPageBack() throws IOException {
    Set<String> linked = new HashSet<>(MarkdownPage.read(INDEX).links());
    for (Path file : docs()) {
      if (!file.equals(INDEX)) {
        assertTrue(linked.contains(file.getFileName().toString()), file + " is not in the index");
        assertTrue(
            MarkdownPage.read(file).links().contains("README.md"),
            file + " has no link to README.md, the index");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("pages")
  void everyCommandIsOne(MarkdownPage page) {
    List<String> wrong = new ArrayList<>();
    for (List<String> command : ShellCommands.of(page)) {
      try {
        DocumentedCommand.check(ROOT, command);
      } catch (Exception | AssertionError e) {
        wrong.add(String.join(" ", command) + ": " + e);
      }
    }
    assertEquals(List.of(), wrong);
  }

  @Test
  void aWrongCommandIsFound() throws Exception {
    assertTrue(check("./genrewise extract --input ~/music --output run/extract"));
    assertTrue(check("GENREWISE_BUILD=cuda ./genrewise train --help"));
    for (String wrong :
        List.of(
            "./genrewise extrakt --input a --output b",
            "./genrewise extract --input a",
            "./genrewise extract --input a --output b --overwright",
            "./genrewise train --features a --output b --set epoch=3",
            "./genrewise train --features a --output b --set epochs=three",
            "./genrewise train --features a --output b --set epochs=-3",
            "./genrewise train --features a --output b --set mode=fine-tune",
            "./genrewise train --features a --output b --config conf/nothing.conf",
            "./genrewise label --input a --model b --output c --set batch-size=0",
            "./genrewise gpu-check --json a.json --steps few",
            "spark-submit --class org.genrewise.jobs.Nothing jobs/target/genrewise.jar",
            "spark-submit --conf spark.executor.kores=8 --class org.genrewise.jobs.Genrewise"
                + " jobs/target/genrewise.jar VERB ...",
            "mvn -Pcluster test -Dtest=NoSuchTest",
            "python benchmarks/nothing.py")) {
      assertNotNull(failure(wrong), wrong);
    }
  }

  private static Throwable failure(String command) {
    try {
      check(command);
      return null;
    } catch (Exception | AssertionError e) {
      return e;
    }
  }

  private static boolean check(String command) throws Exception {
    return DocumentedCommand.check(ROOT, Arrays.asList(command.split(" ")));
  }

  @Test
  void theReadmeNamesEveryVerb() throws IOException {
    Set<String> named =
        ShellCommands.of(MarkdownPage.read(ROOT.resolve("README.md"))).stream()
            .flatMap(words -> DocumentedCommand.ofLauncher(words).stream())
            .filter(arguments -> !arguments.isEmpty())
            .map(arguments -> arguments.get(0))
            .collect(Collectors.toSet());
    for (CommandLine verb : OptionsPage.verbs()) {
      assertTrue(named.contains(verb.getCommandName()), verb.getCommandName());
    }
  }

  @Test
  void theExitCodesAreTheProgramsOwn() throws Exception {
    Set<String> codes = new HashSet<>();
    for (Field field : ExitCode.class.getFields()) {
      codes.add(String.valueOf(field.getInt(null)));
    }
    List<String> told =
        MarkdownPage.read(TROUBLESHOOTING).table("exit code").stream()
            .map(row -> row.get(0))
            .toList();

    assertEquals(codes, new HashSet<>(told));
    assertEquals(codes.size(), told.size());
  }

  @Test
  void theMessagesInTheTablesAreTheProgramsOwn() throws IOException {
    String sources = sources();
    int checked = 0;
    for (List<String> row : MarkdownPage.read(TROUBLESHOOTING).table("message")) {
      if (row.get(0).startsWith("`")) {
        String message = row.get(0).replace("`", "").replaceFirst("^genrewise: ", "");
        for (String part : message.split("\\.\\.\\.")) {
          assertTrue(sources.contains(part.strip()), part);
          checked++;
        }
      }
    }
    assertTrue(checked > 8, "parts of messages: " + checked);
  }

  /** The launcher and all sources, with strings in one piece that stand on several lines. */
  private static String sources() throws IOException {
    StringBuilder all = new StringBuilder(Files.readString(ROOT.resolve("genrewise")));
    for (String module : List.of("features", "model", "jobs")) {
      try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/main/java"))) {
        for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
          all.append(Files.readString(file));
        }
      }
    }
    return all.toString().replaceAll("\"\\s*\\+\\s*\"", "");
  }

  @Test
  void theKindsOfFailuresAreTheProgramsOwn() throws IOException {
    Map<String, String> kinds = new TreeMap<>();
    for (AudioException.Kind kind : AudioException.Kind.values()) {
      kinds.put("`" + kind.id() + "`", kind.permanent() ? "yes" : "no");
    }
    kinds.put("`" + FailureTable.INTERNAL + "`", "no");
    kinds.put("`out_of_memory`", "no");

    Map<String, String> told =
        MarkdownPage.read(TROUBLESHOOTING).table("kind", "permanent").stream()
            .collect(Collectors.toMap(row -> row.get(0), row -> row.get(1)));
    String schemas = Files.readString(ROOT.resolve("docs/schemas.md"));

    assertEquals(kinds, new TreeMap<>(told));
    kinds.keySet().forEach(kind -> assertTrue(schemas.contains(kind), kind));
  }
}
