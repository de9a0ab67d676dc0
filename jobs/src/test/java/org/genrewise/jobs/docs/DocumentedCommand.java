package org.genrewise.jobs.docs;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.spark.internal.config.ConfigEntry;
import org.genrewise.check.CheckSettings;
import org.genrewise.check.GpuCheckMain;
import org.genrewise.device.Device;
import org.genrewise.jobs.Genrewise;
import org.genrewise.jobs.command.VerbCommand;
import org.genrewise.jobs.demo.DemoCommand;
import org.genrewise.jobs.extract.ExtractCommand;
import org.genrewise.jobs.extract.FeatureOptions;
import org.genrewise.jobs.gpucheck.GpuCheckCommand;
import org.genrewise.jobs.label.LabelCommand;
import org.genrewise.jobs.label.LabelOptions;
import org.genrewise.jobs.label.LabelSettings;
import org.genrewise.jobs.settings.Settings;
import org.genrewise.jobs.track.LibrarySettings;
import org.genrewise.jobs.train.TrainCommand;
import org.genrewise.jobs.train.TrainJobSettings;
import org.genrewise.jobs.train.TrainOptions;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/** A command that a page shows: whether the program, Spark or the build would take it. */
final class DocumentedCommand {
  /** Stands for any verb, or for any more options, where a page speaks of all. */
  private static final Set<String> ANY = Set.of("VERB", "...", "[OPTIONS]");

  /**
   * Keys whose middle is a name of the user's, and those of parts that are not on the class path.
   */
  private static final Pattern OTHER_KEYS =
      Pattern.compile(
          "spark\\.(executorEnv\\.\\w+|(executor|task|worker)\\.resource\\.\\w+\\.\\w+"
              + "|kubernetes\\.container\\.image|hadoop\\.fs\\.s3a\\.[\\w.]+)");

  private static final List<String> OF_SPARK_SUBMIT =
      List.of("--master", "--deploy-mode", "--files", "--jars", "--name");

  private final Path root;
  private final List<String> words;

  private DocumentedCommand(Path root, List<String> words) {
    this.root = root;
    this.words = words;
  }

  /**
   * Checks a command as far as it is one of those that this knows.
   *
   * @param root of the repository
   * @return whether it is
   */
  static boolean check(Path root, List<String> words)
      throws ReflectiveOperationException, IOException {
    return new DocumentedCommand(root, words).check();
  }

  /** The arguments of genrewise, the verb first, if it is a command of the launcher. */
  static Optional<List<String>> ofLauncher(List<String> words) {
    for (int i = 0; i < words.size(); i++) {
      if (words.get(i).equals("./genrewise") || words.get(i).matches("/.*/genrewise")) {
        return Optional.of(words.subList(i + 1, words.size()));
      }
    }
    return Optional.empty();
  }

  private boolean check() throws ReflectiveOperationException, IOException {
    Optional<List<String>> arguments = ofLauncher(words);
    if (arguments.isPresent()) {
      if (!arguments.get().isEmpty()) {
        verb(arguments.get());
      }
      return true;
    }
    if (words.size() == 1) {
      return false;
    }
    switch (words.get(0)) {
      case "spark-submit" -> sparkSubmit();
      case "mvn" -> maven();
      case "python" -> python();
      case "java" -> plainCheck();
      default -> {
        return false;
      }
    }
    return true;
  }

  private static void requireSettings(Object command, Settings settings) {
    if (command instanceof ExtractCommand) {
      FeatureOptions.of(settings);
    } else if (command instanceof TrainCommand) {
      TrainOptions.job(
          settings, "features", "output", TrainJobSettings.Start.RESUME, Device.Kind.CPU);
    } else if (command instanceof DemoCommand) {
      TrainOptions.training(settings, Device.Kind.CPU);
    } else if (command instanceof LabelCommand) {
      LabelOptions.settings(
          settings,
          LibrarySettings.of("music", Optional.empty(), settings, 22_050),
          "model",
          "output",
          new LabelSettings.Scope(false, false));
    }
  }

  private void verb(List<String> arguments) {
    List<String> real = arguments.stream().filter(word -> !ANY.contains(word)).toList();
    CommandLine line = new CommandLine(new Genrewise());
    if (real.size() == 1 && line.getSubcommands().containsKey(real.get(0))) {
      return; // speaks of the verb
    }
    if (!real.isEmpty()) {
      parsed(line, real);
    }
  }

  /** Parses as the program does: unknown verbs and options throw, and missing ones. */
  private void parsed(CommandLine line, List<String> arguments) {
    ParseResult result = line.parseArgs(arguments.toArray(String[]::new));
    while (result.hasSubcommand()) {
      result = result.subcommand();
    }
    Object command = result.commandSpec().userObject();
    if (command instanceof VerbCommand verb) {
      Optional<Path> file = Optional.ofNullable(result.matchedOptionValue("--config", null));
      file = file.filter(path -> !path.isAbsolute() && !isShipped(path));
      file.ifPresent(path -> requireFile(path.toString()));
      List<String> assignments = result.matchedOptionValue("--set", List.of());
      Settings settings = verb.schema().resolve(file.map(root::resolve), assignments);
      verb.schema().settings().forEach(settings::value);
      requireSettings(command, settings);
    } else if (command instanceof GpuCheckCommand && !result.isUsageHelpRequested()) {
      gpuCheck(arguments.subList(1, arguments.size()));
    }
  }

  /** Whether spark-submit brings the file to the driver. */
  private boolean isShipped(Path file) {
    int files = words.indexOf("--files");
    return files >= 0 && Path.of(words.get(files + 1)).getFileName().equals(file);
  }

  private static void gpuCheck(List<String> arguments) {
    List<String> plain = new ArrayList<>(arguments);
    int report = plain.indexOf("--report");
    if (report >= 0) {
      plain.subList(report, report + 2).clear();
    }
    assertNotNull(CheckSettings.parse(plain));
  }

  private void requireFile(String file) {
    if (!Path.of(file).isAbsolute()) {
      assertTrue(Files.isRegularFile(root.resolve(file)), file);
    }
  }

  private void sparkSubmit() throws ReflectiveOperationException, IOException {
    String main = "";
    int i = 1;
    while (words.get(i).startsWith("--")) {
      String value = words.get(i + 1);
      switch (words.get(i)) {
        case "--class" -> main = value;
        case "--properties-file" -> requireFile(value);
        case "--conf" -> requireKnownToSpark(value.substring(0, value.indexOf('=')));
        default -> assertTrue(OF_SPARK_SUBMIT.contains(words.get(i)), words.get(i));
      }
      i += 2;
    }
    assertTrue(words.get(i).endsWith("genrewise.jar"), words.get(i));
    Object command = Class.forName(main).getDeclaredConstructor().newInstance();
    List<String> arguments = words.subList(i + 1, words.size());
    if (!ANY.containsAll(arguments)) {
      parsed(new CommandLine(command), arguments);
    }
  }

  private static void requireKnownToSpark(String key) throws ClassNotFoundException {
    Class.forName("org.apache.spark.internal.config.package$");
    assertTrue(ConfigEntry.findEntry(key) != null || OTHER_KEYS.matcher(key).matches(), key);
  }

  /** Profiles and tests that it names exist. */
  private void maven() throws IOException {
    for (String word : words) {
      if (word.startsWith("-P")) {
        assertTrue(poms().contains("<id>" + word.substring(2) + "</id>"), word);
      } else if (word.startsWith("-Dtest=")) {
        requireSource(word.substring(word.indexOf('=') + 1) + ".java");
      }
    }
  }

  private String poms() throws IOException {
    StringBuilder all = new StringBuilder();
    for (String pom : List.of("pom.xml", "features/pom.xml", "model/pom.xml", "jobs/pom.xml")) {
      all.append(Files.readString(root.resolve(pom)));
    }
    return all.toString();
  }

  private void requireSource(String name) throws IOException {
    for (String module : List.of("features", "model", "jobs")) {
      try (Stream<Path> files = Files.walk(root.resolve(module).resolve("src"))) {
        if (files.anyMatch(file -> file.getFileName().toString().equals(name))) {
          return;
        }
      }
    }
    throw new AssertionError("there is no " + name);
  }

  /** Scripts of the repository exist; programs behind -c are not read here. */
  private void python() {
    if (!words.get(1).equals("-c")) {
      requireFile(words.get(1));
    }
  }

  private void plainCheck() {
    int main = words.indexOf(GpuCheckMain.class.getName());
    assertTrue(main > 0, words.toString());
    gpuCheck(words.subList(main + 1, words.size()));
  }
}
