package org.genrewise.jobs.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.genrewise.jobs.benchmark.BenchmarkCommand;
import org.genrewise.jobs.cli.VerbCommand;
import org.genrewise.jobs.demo.DemoCommand;
import org.genrewise.jobs.evaluate.EvaluateCommand;
import org.genrewise.jobs.extract.ExtractCommand;
import org.genrewise.jobs.label.LabelCommand;
import org.genrewise.jobs.train.TrainCommand;
import org.genrewise.jobs.weights.ImportWeightsCommand;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The files in conf/ say what the program's own defaults are. When a setting changes, the expected
 * text lies in target/conf and can be copied.
 */
class ConfigurationFilesTest {
  private static final Path ROOT = Path.of(System.getProperty("genrewise.root", ".."));

  record Verb(String name, VerbCommand command) {
    @Override
    public String toString() {
      return name;
    }
  }

  static List<Verb> verbs() {
    return List.of(
        new Verb("extract", new ExtractCommand()),
        new Verb("train", new TrainCommand()),
        new Verb("evaluate", new EvaluateCommand()),
        new Verb("label", new LabelCommand()),
        new Verb("import-weights", new ImportWeightsCommand()),
        new Verb("demo", new DemoCommand()),
        new Verb("benchmark", new BenchmarkCommand()));
  }

  @ParameterizedTest
  @MethodSource("verbs")
  void theFileOfAVerbHoldsEverySettingWithItsDefault(Verb verb) throws IOException {
    Path file = ROOT.resolve("conf/" + verb.name() + ".conf");
    String expected = text(verb);
    Path copy = Files.createDirectories(Path.of("target/conf"));
    Files.writeString(copy.resolve(file.getFileName()), expected);

    assertEquals(expected, Files.readString(file));
    assertEquals(
        verb.command().schema().resolve(Optional.empty(), List.of()).asMap(),
        verb.command().schema().resolve(Optional.of(file), List.of()).asMap());
  }

  private static String text(Verb verb) {
    return verb.command().schema().settings().stream()
        .map(ConfigurationFilesTest::entry)
        .collect(
            Collectors.joining(
                "\n",
                "# Settings of genrewise %s, all at their defaults: --config conf/%s.conf\n\n"
                    .formatted(verb.name(), verb.name()),
                ""));
  }

  private static String entry(Setting<?> setting) {
    return "# %s (%s)\n%s = \"%s\"\n"
        .formatted(setting.description(), setting.unit(), setting.name(), setting.defaultText());
  }
}
