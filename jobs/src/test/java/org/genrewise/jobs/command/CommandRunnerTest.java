package org.genrewise.jobs.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.Callable;
import org.genrewise.bundle.BundleException;
import org.genrewise.device.DeviceException;
import org.genrewise.jobs.Genrewise;
import org.genrewise.jobs.cli.ExitCode;
import org.genrewise.jobs.cli.UserException;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class CommandRunnerTest {
  private final StringWriter errors = new StringWriter();
  private final StringWriter output = new StringWriter();

  @Command(name = "probe")
  private record Probe(Callable<Integer> work) implements Callable<Integer> {
    @Override
    public Integer call() throws Exception {
      return work.call();
    }
  }

  @Test
  void theExitCodeTellsWhoseFaultItWas() {
    assertEquals(ExitCode.DONE, run(new Probe(() -> 0)));
    assertEquals(ExitCode.USAGE, run(new Probe(() -> 0), "--nonsense"));
    assertEquals(ExitCode.USER, run(new Probe(() -> fail(new UserException("no such genre")))));
    assertEquals(ExitCode.BUG, run(new Probe(() -> fail(new IllegalStateException("oh")))));
  }

  @Test
  void usersSeeTheirOwnMistakesWithoutAStackTrace() {
    run(new Probe(() -> fail(new RuntimeException(new UserException("no such genre")))));

    assertEquals("probe: no such genre", errors.toString().strip());
  }

  @Test
  void ourMistakesCarryTheStackTrace() {
    run(new Probe(() -> fail(new IllegalStateException("oh"))));

    assertTrue(errors.toString().contains("at " + CommandRunnerTest.class.getName()));
  }

  @Test
  void aFullDiskIsNoFaultOfTheProgram() {
    String spark = "Job aborted due to stage failure: java.io.IOException: No space left on device";

    assertEquals(
        ExitCode.USER,
        run(new Probe(() -> fail(new IllegalStateException(new RuntimeException(spark))))));

    assertTrue(errors.toString().contains("a disk is full"), errors.toString());
    assertFalse(errors.toString().contains("\tat "), errors.toString());
  }

  @Test
  void whatExecutorsRefuseIsNoFaultOfTheProgram() {
    String spark =
        "Job aborted due to stage failure: Lost task 0.0 (TID 1): "
            + BundleException.class.getName()
            + ": /models/genres is no model bundle: it has no file bundle.json\n\tat org.genrewise";

    assertEquals(ExitCode.USER, run(new Probe(() -> fail(new RuntimeException(spark)))));

    assertEquals(
        "probe: /models/genres is no model bundle: it has no file bundle.json",
        errors.toString().strip());
  }

  @Test
  void aMasterThatCannotBeReachedIsNoFaultOfTheProgram() {
    String spark = "Cannot call methods on a stopped SparkContext.\nThis stopped SparkContext was";

    assertEquals(ExitCode.USER, run(new Probe(() -> fail(new IllegalStateException(spark)))));

    assertTrue(errors.toString().contains("see spark.master"), errors.toString());
    assertFalse(errors.toString().contains("\tat "), errors.toString());
  }

  @Test
  void aDeviceThatCannotBeHadIsNoFaultOfTheProgram() {
    String refusal = "--device cuda cannot be had: no GPU was found";
    assertEquals(
        ExitCode.USER,
        run(new Probe(() -> fail(new RuntimeException(new DeviceException(refusal))))));
    String spark =
        "Job aborted due to stage failure: Lost task 0.3 in stage 1.0 (TID 7) (host executor 0): "
            + DeviceException.class.getName()
            + ": "
            + refusal
            + "\n\tat org.genrewise.device.DeviceDecision.of(DeviceDecision.java:40)";
    assertEquals(ExitCode.USER, run(new Probe(() -> fail(new IllegalStateException(spark)))));

    assertEquals(
        "probe: %s probe: %s".formatted(refusal, refusal),
        errors.toString().strip().replaceAll("\\s+", " "));
  }

  @Test
  void nothingThatIsPrintedRepeatsCredentialsOfAUri() {
    String location = "s3a://KEY:SECRET@bucket/music";
    assertEquals(ExitCode.USAGE, run(new Genrewise(), "extract", location));
    assertEquals(
        ExitCode.USER, run(new Genrewise(), "extract", "--input", location, "--output", "out"));
    assertEquals(ExitCode.BUG, run(new Probe(() -> fail(new IllegalStateException(location)))));

    assertFalse(errors.toString().contains("SECRET"), errors.toString());
    assertTrue(errors.toString().contains("holds credentials"), errors.toString());
  }

  @Test
  void helpShowsEveryVerbAndEverySettingWithDefaultAndUnit() {
    assertEquals(ExitCode.DONE, run(new Genrewise(), "--help"));
    for (CommandLine verb : CommandRunner.commandLine(new Genrewise()).getSubcommands().values()) {
      if (verb.getCommand() instanceof VerbCommand command) {
        String help = verb.getUsageMessage();
        assertTrue(output.toString().contains(verb.getCommandName()));
        command
            .schema()
            .settings()
            .forEach(
                setting -> {
                  assertTrue(help.contains(setting.name() + " (" + setting.unit() + ")"), help);
                  assertFalse(setting.description().isBlank());
                });
        verb.getCommandSpec()
            .options()
            .forEach(option -> assertTrue(help.contains(option.longestName()), help));
      }
    }
  }

  @Test
  void mistakesOfTypingAreToldWithWhatWasPerhapsMeant() {
    assertEquals(ExitCode.USAGE, run(new Genrewise(), "lable"));
    assertEquals(ExitCode.USAGE, run(new Genrewise(), "label", "--imput=music"));
    assertEquals(ExitCode.USAGE, run(new Genrewise(), "label", "music"));
    assertEquals(ExitCode.USAGE, run(new Genrewise(), "label", "--input", "music"));
    assertEquals(ExitCode.USAGE, run(new Genrewise(), "benchmark", "--runs", "many"));

    assertEquals(
        """
        genrewise: there is no verb 'lable'; did you mean label?
        see: genrewise --help
        genrewise label: there is no option '--imput'; did you mean --input?
        see: genrewise label --help
        genrewise label: 'music' belongs to no option
        see: genrewise label --help
        genrewise label: missing: --model=LOCATION, --output=LOCATION
        see: genrewise label --help
        genrewise benchmark: invalid value for option '--runs': 'many' is not an int
        see: genrewise benchmark --help
        """,
        errors.toString());
  }

  @Test
  void withoutAVerbTheUsageIsShownAsAMistake() {
    assertEquals(ExitCode.USAGE, run(new Genrewise()));

    assertTrue(errors.toString().startsWith("Usage: genrewise [-hV] VERB"), errors.toString());
    assertEquals("", output.toString());
  }

  @Test
  void helpIsOfTheProgramOrOfAVerb() {
    assertEquals(ExitCode.DONE, run(new Genrewise(), "help", "label"));

    assertTrue(output.toString().startsWith("Usage: genrewise label"), output.toString());
    assertTrue(output.toString().lines().allMatch(line -> line.length() <= 80));
  }

  @Test
  void everyCommandTellsItsVersions() {
    for (String[] line : new String[][] {{"--version"}, {"label", "--version"}}) {
      output.getBuffer().setLength(0);
      assertEquals(ExitCode.DONE, run(new Genrewise(), line));

      for (String name : new String[] {"genrewise ", "Java 1", "Spark 4.", "ND4J 1."}) {
        assertTrue(output.toString().contains(name), output.toString());
      }
    }
  }

  private int run(Object command, String... arguments) {
    CommandLine line = CommandRunner.commandLine(command);
    line.setErr(new PrintWriter(errors, true));
    line.setOut(new PrintWriter(output, true));
    return line.execute(arguments);
  }

  private static Integer fail(RuntimeException exception) {
    throw exception;
  }
}
