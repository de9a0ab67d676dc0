package org.genrewise.jobs.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.genrewise.jobs.Genrewise;
import org.genrewise.jobs.cli.ExitCode;
import org.genrewise.jobs.testing.PretendGpus;
import org.genrewise.jobs.testing.VerbProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The option, and verbs as processes on a machine that seems to have GPUs. */
class DeviceOptionTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"train", "evaluate", "label", "demo", "benchmark", "gpu-check"})
  void everyVerbThatRunsNetworksHasIt(String verb) {
    String help = help(verb);
    assertTrue(help.contains("--device=auto|cpu|cuda"), help);
    assertTrue(help.replaceAll("\\s+", " ").contains("Default: auto"), help);
  }

  @Test
  void extractRunsNone() {
    assertFalse(help("extract").contains("--device"));
  }

  @Test
  void anotherDeviceIsAMistakeOfUsage() {
    CommandLine line = CommandRunner.commandLine(new Genrewise());
    StringWriter errors = new StringWriter();
    line.setErr(new PrintWriter(errors, true));
    assertEquals(ExitCode.USAGE, line.execute("benchmark", "--device", "gpu"));
    assertTrue(errors.toString().contains("must be one of auto, cpu, cuda"), errors.toString());
  }

  @Test
  void cudaIsRefusedByABuildThatHasNoCodeForIt() throws Exception {
    Map<String, String> machine =
        PretendGpus.write(folder.resolve("bin"), "NVIDIA Pretend", "1.2", 1);
    try (VerbProcess verb = start(machine, "benchmark", "--device", "cuda")) {
      assertEquals(ExitCode.USER, verb.await(), verb::text);
      assertTrue(verb.text().contains("NVIDIA Pretend (compute capability 1.2)"), verb::text);
      assertTrue(verb.text().contains("no build of this program serves 1.2"), verb::text);
      assertFalse(verb.text().contains("\tat "), verb::text);
    }
  }

  @Test
  void autoTellsInItsFirstLinesWhyItDoesNotTakeAGpu() throws Exception {
    Map<String, String> machine =
        PretendGpus.write(folder.resolve("bin"), "NVIDIA Pretend", "1.2", 1);
    String nowhere = folder.resolve("nowhere").toString();
    try (VerbProcess verb = start(machine, "evaluate", "--features", nowhere, "--model", nowhere)) {
      assertEquals(ExitCode.USER, verb.await(), verb::text);
      assertTrue(verb.text().contains("networks run on the CPU: "), verb::text);
      assertTrue(verb.text().contains("NVIDIA Pretend"), verb::text);
    }
    try (VerbProcess verb =
        start(machine, "evaluate", "--features", nowhere, "--model", nowhere, "--device", "cpu")) {
      assertEquals(ExitCode.USER, verb.await(), verb::text);
      assertFalse(verb.text().contains("NVIDIA Pretend"), verb::text);
      assertTrue(verb.text().contains("there is no model at"), verb::text);
    }
  }

  private VerbProcess start(Map<String, String> environment, String... arguments)
      throws IOException {
    return VerbProcess.start(
        folder.resolve("log"), environment, List.of(), Genrewise.class, List.of(arguments));
  }

  private static String help(String verb) {
    return CommandRunner.commandLine(new Genrewise())
        .getSubcommands()
        .get(verb)
        .getUsageMessage(CommandLine.Help.Ansi.OFF);
  }
}
