package org.genrewise.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigSyntax;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The notebooks can be read where they lie: executed from top to bottom, with outputs that name no
 * machine. The profile notebooks executes them; this looks at what it left.
 */
class NotebooksTest {
  private static final Path FOLDER =
      Path.of(System.getProperty("genrewise.root", "..")).resolve("notebooks");
  private static final long LARGEST = 1_000_000;
  private static final Pattern PATH_OF_A_MACHINE =
      Pattern.compile("(?<![\\w.])/(home|root|tmp|work|Users|var|opt)/");

  static List<Path> notebooks() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.filter(file -> file.toString().endsWith(".ipynb")).sorted().toList();
    }
  }

  @Test
  void theReadmeNamesEachNotebook() throws IOException {
    String readme = Files.readString(FOLDER.resolve("README.md"));
    assertTrue(notebooks().size() >= 4);
    for (Path notebook : notebooks()) {
      assertTrue(readme.contains("(" + notebook.getFileName() + ")"), notebook.toString());
    }
  }

  @ParameterizedTest
  @MethodSource("notebooks")
  void everyCellRanOnceInOrder(Path file) throws IOException {
    Config notebook = read(file);
    assertEquals(4, notebook.getInt("nbformat"));
    List<Integer> counts =
        codeCells(notebook).stream()
            .map(cell -> cell.getIsNull("execution_count") ? 0 : cell.getInt("execution_count"))
            .toList();
    assertFalse(counts.isEmpty());
    assertEquals(IntStream.rangeClosed(1, counts.size()).boxed().toList(), counts);
  }

  @ParameterizedTest
  @MethodSource("notebooks")
  void itHasPicturesAndTextAndNoErrors(Path file) throws IOException {
    List<? extends Config> outputs =
        codeCells(read(file)).stream()
            .flatMap(cell -> cell.getConfigList("outputs").stream())
            .toList();
    for (Config output : outputs) {
      String type = output.getString("output_type");
      assertFalse(type.equals("error"), output.toString());
      assertFalse(
          type.equals("stream") && output.getString("name").equals("stderr"), output.toString());
    }
    assertTrue(outputs.stream().anyMatch(output -> output.hasPath("data.\"image/png\"")));
    assertTrue(outputs.stream().anyMatch(output -> !output.hasPath("data.\"image/png\"")));
  }

  @ParameterizedTest
  @MethodSource("notebooks")
  void itIsSmallAndNamesNoMachine(Path file) throws IOException {
    assertTrue(Files.size(file) < LARGEST, "%,d bytes".formatted(Files.size(file)));
    List<String> texts = new ArrayList<>();
    collect(read(file).root().unwrapped(), texts);
    for (String text : texts) {
      assertFalse(PATH_OF_A_MACHINE.matcher(text).find(), text);
    }
  }

  private static Config read(Path file) throws IOException {
    return ConfigFactory.parseString(
        Files.readString(file), ConfigParseOptions.defaults().setSyntax(ConfigSyntax.JSON));
  }

  private static List<? extends Config> codeCells(Config notebook) {
    return notebook.getConfigList("cells").stream()
        .filter(cell -> cell.getString("cell_type").equals("code"))
        .toList();
  }

  /** All texts of a JSON value; pictures are no texts. */
  private static void collect(Object value, List<String> texts) {
    if (value instanceof Map<?, ?> map) {
      map.forEach(
          (key, inner) -> {
            if (!key.toString().startsWith("image/")) {
              collect(inner, texts);
            }
          });
    } else if (value instanceof List<?> list) {
      list.forEach(inner -> collect(inner, texts));
    } else if (value instanceof String text) {
      texts.add(text);
    }
  }
}
