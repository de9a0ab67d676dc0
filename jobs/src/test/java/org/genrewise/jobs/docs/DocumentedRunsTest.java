package org.genrewise.jobs.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.genrewise.jobs.docs.MarkdownPage.CodeBlock;
import org.genrewise.jobs.testing.CapturedVerb;
import org.genrewise.jobs.testing.LocalSpark;
import org.genrewise.jobs.testing.Tunes;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The commands of docs/quickstart.md, in their order, with a small corpus as the reader's music and
 * fewer epochs; then those of docs/troubleshooting.md, with what they print.
 */
class DocumentedRunsTest {
  private static final Path ROOT =
      Path.of(System.getProperty("genrewise.root", "..")).toAbsolutePath().normalize();

  /** Whose home the pages show, and where the clone lies in it. */
  private static final String READER = "/home/me";

  private static final String CLONE = READER + "/genrewise/";
  private static final String TOLD_BY_SHELL = " exit code ";

  /** The version of a model, a number, or a duration of one to two parts. */
  private static final Pattern NUMBER =
      Pattern.compile("\\b[0-9a-f]{12}\\b|\\d[\\d,.]*( (ms|s|min|h)\\b( \\d+ (s|min)\\b)?)?");

  @TempDir private static Path home;

  private static final List<String> printed = new ArrayList<>();
  private static final List<CodeBlock> run = new ArrayList<>();

  @BeforeAll
  static void followTheQuickstart() throws IOException {
    Tunes.write(home.resolve("music"), 8, 12);
    Tunes.write(home.resolve("new"), 2, 12);
    Files.writeString(home.resolve("new/broken.mp3"), "this is not audio");
    Files.createDirectories(home.resolve("broken"));
    Files.writeString(home.resolve("broken/one.mp3"), "nor is this");
    Files.createDirectories(home.resolve("pictures"));
    Files.writeString(home.resolve("pictures/cover.jpg"), "a picture");
    for (CodeBlock block : page("quickstart").blocks()) {
      for (List<String> words : ShellCommands.of(block)) {
        Optional<List<String>> arguments = DocumentedCommand.ofLauncher(words);
        if (arguments.isPresent() && !arguments.get().contains("demo")) {
          printed.add(verb(0, shortened(arguments.get())));
          run.add(block);
        }
      }
    }
  }

  /** A training with fewer epochs; every other command as it stands. */
  private static List<String> shortened(List<String> arguments) {
    List<String> all = new ArrayList<>(arguments);
    if (arguments.get(0).equals("train")) {
      all.addAll(List.of("--set", "epochs=2"));
    }
    return all;
  }

  @Test
  void theDemoIsRunAsThePageSaysWheneverAChangeIsChecked() throws IOException {
    assertTrue(
        page("quickstart").blocks().stream()
            .flatMap(block -> ShellCommands.of(block).stream())
            .anyMatch(List.of("./genrewise", "demo")::equals));
    assertTrue(Files.readString(ROOT.resolve(".ci/run")).contains("\n./genrewise demo"));
  }

  @Test
  void theQuickstartLeavesALabelForEveryTrackAndAFailureForTheBrokenFile() {
    assertTrue(printed.size() >= 4, () -> "commands in docs/quickstart.md: " + printed.size());
    Dataset<Row> labels = table("run/labels/labels");
    assertEquals(6, labels.count());
    assertEquals(6, labels.select("path").distinct().count());
    assertEquals("not_audio", table("run/labels/failures").first().getAs("kind"));
    assertEquals(24, table("run/extract/features").select("track_id").distinct().count());
  }

  @Test
  void whatTheQuickstartShowsAsPrintedHasTheFormOfWhatIsPrinted() {
    for (int i = 0; i < run.size(); i++) {
      Set<String> forms =
          there(printed.get(i)).lines().map(DocumentedRunsTest::masked).collect(Collectors.toSet());
      for (String line : shown(run.get(i))) {
        assertTrue(forms.contains(masked(line)), line + "\nis not of\n" + forms);
      }
    }
  }

  private static String masked(String line) {
    // columns are as wide as their numbers
    return NUMBER.matcher(line).replaceAll("N").replaceAll(" +", " ").strip();
  }

  /** Lines that a block shows as output; not those on versions and machine, nor left-out ones. */
  private static List<String> shown(CodeBlock block) {
    return block.lines().stream()
        .filter(line -> !line.startsWith("$ ") && !line.startsWith(" "))
        .filter(line -> !line.isBlank() && !line.equals("..."))
        .filter(line -> !line.startsWith("genrewise ") && !line.startsWith("WAV: "))
        .filter(line -> !line.contains("ND4J"))
        .toList();
  }

  @Test
  void everyColumnThatTheQuickstartLeavesIsInTheSchemas() throws IOException {
    String schemas = Files.readString(ROOT.resolve("docs/schemas.md"));
    for (String name :
        List.of(
            "run/extract/features",
            "run/extract/failures",
            "run/train/split",
            "run/labels/labels",
            "run/labels/failures")) {
      for (String column : table(name).columns()) {
        assertTrue(schemas.contains("`" + column + "`"), name + ": " + column);
      }
    }
  }

  @Test
  void theSparkQueryOfTheNightlyPageGivesOneRowATrack() throws IOException {
    String query =
        page("nightly").blocks().stream()
            .map(block -> String.join("\n", block.lines()))
            .filter(text -> text.contains("parquet.`"))
            .findFirst()
            .orElseThrow();

    Dataset<Row> latest =
        LocalSpark.session().sql(here(query.replace("/labels/labels", "run/labels/labels")));

    assertEquals(6, latest.count());
    assertEquals(6, latest.select("track_id").distinct().count());
  }

  @Test
  void thePythonOfTheQuickstartRuns() throws Exception {
    List<CodeBlock> blocks =
        page("quickstart").blocks().stream()
            .filter(block -> block.language().equals("python"))
            .toList();
    assertTrue(!blocks.isEmpty());
    assumeTrue(python("import pandas, pyarrow").waitFor() == 0, "python3 has pandas and pyarrow");
    for (CodeBlock block : blocks) {
      Process process = python(here(String.join("\n", block.lines())));
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertEquals(0, process.waitFor(), said);
      assertTrue(said.contains("confidence"), said);
    }
  }

  private static Process python(String program) throws IOException {
    return new ProcessBuilder("python3", "-c", program).redirectErrorStream(true).start();
  }

  static List<CodeBlock> transcripts() throws IOException {
    return page("troubleshooting").blocks().stream()
        .filter(block -> block.language().equals("console"))
        .toList();
  }

  /** A block is one command, what it prints ("..." stands for anything), and its exit code. */
  @ParameterizedTest
  @MethodSource("transcripts")
  void aCommandInTrouble(CodeBlock block) {
    List<String> words = ShellCommands.of(block).get(0);
    String output = " " + ShellCommands.output(block).replaceAll("\\s+", " ").strip();
    int told = output.lastIndexOf(TOLD_BY_SHELL);
    assertTrue(told >= 0, () -> "it ends without an exit code: " + output);
    int exitCode = Integer.parseInt(output.substring(told + TOLD_BY_SHELL.length()));

    String said =
        there(verb(exitCode, DocumentedCommand.ofLauncher(words).orElseThrow()))
            .replaceAll("\\s+", " ");

    int from = 0;
    for (String part : output.substring(0, told).replace(CLONE, "").split("\\.\\.\\.")) {
      int found = said.indexOf(part.strip(), from);
      assertTrue(found >= 0, part.strip() + "\nis not in\n" + said);
      from = found + part.strip().length();
    }
  }

  private static MarkdownPage page(String name) throws IOException {
    return MarkdownPage.read(ROOT.resolve("docs/" + name + ".md"));
  }

  private static String verb(int exitCode, List<String> arguments) {
    return CapturedVerb.run(
        exitCode, arguments.stream().map(DocumentedRunsTest::here).toArray(String[]::new));
  }

  /** Locations of the pages, as they are in this test. */
  private static String here(String text) {
    return text.replace("~/", home + "/")
        .replaceAll("(?<![\\w/.])run/", Matcher.quoteReplacement(home + "/genrewise/run/"));
  }

  /** What a verb said here, as it says it to the reader. */
  private static String there(String text) {
    return text.replace(home.toString(), READER).replace(CLONE, "");
  }

  private static Dataset<Row> table(String name) {
    return LocalSpark.session().read().parquet(here(name));
  }
}
