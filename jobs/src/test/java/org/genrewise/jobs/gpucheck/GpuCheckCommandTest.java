package org.genrewise.jobs.gpucheck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.genrewise.check.CheckOption;
import org.genrewise.jobs.Genrewise;
import org.genrewise.jobs.cli.ExitCode;
import org.genrewise.jobs.testing.CapturedVerb;
import org.genrewise.jobs.testing.PretendGpus;
import org.genrewise.jobs.testing.VerbProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The verb; what the check itself does, and how it survives, is tested where it stands. */
class GpuCheckCommandTest {
  @TempDir private Path folder;

  @Test
  void helpShowsEveryOptionWithItsDefault() {
    String help = CapturedVerb.run(ExitCode.DONE, "gpu-check", "--help").replaceAll("\\s+", " ");
    for (CheckOption option : CheckOption.values()) {
      assertTrue(help.contains(option.text() + "=" + option.label()), option.text() + help);
      assertTrue(help.contains(option.description()), option.description() + help);
    }
  }

  @Test
  void mistakesOfUsageAreNamed() {
    String json = "--json=" + folder.resolve("check.json");
    assertUsage("--json", "gpu-check");
    assertUsage("width must be 1, 1/2", "gpu-check", json, "--width", "2");
    assertUsage("there is no part 'tempo'", "gpu-check", json, "--part", "tempo");
    assertUsage("--tempo", "gpu-check", json, "--tempo", "3");
  }

  private static void assertUsage(String message, String... arguments) {
    String said = CapturedVerb.run(ExitCode.USAGE, arguments);
    assertTrue(said.contains(message), said);
  }

  @Test
  void resultsThatCannotBeWrittenAreTheUsersFault() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "");
    String said =
        CapturedVerb.run(ExitCode.USER, "gpu-check", "--json", file.resolve("a.json").toString());
    assertTrue(said.contains("cannot be written"), said);
  }

  @Test
  void aCheckLeavesItsTableAndItsPage() throws Exception {
    Path json = folder.resolve("check.json");
    Path page = folder.resolve("check.html");
    String said =
        CapturedVerb.run(
            ExitCode.DONE,
            "gpu-check",
            "--json=" + json,
            "--report=" + page,
            "--device=cpu",
            "--part=forward",
            "--part=training",
            "--steps=40");
    assertTrue(said.contains("agreement float32"), said);
    assertTrue(Files.readString(json).contains("\"loss_scale\""));
    String html = Files.readString(page);
    assertTrue(html.contains("Loss scale") && html.contains("training-float16"), html);
  }

  @Test
  void aGpuThatCannotBeHadEndsTheCheckWithItsName() throws Exception {
    Map<String, String> machine =
        PretendGpus.write(folder.resolve("bin"), "NVIDIA Pretend", "1.2", 1);
    Path json = folder.resolve("check.json");
    List<String> arguments =
        List.of("gpu-check", "--json", json.toString(), "--device", "cuda", "--part", "forward");
    try (VerbProcess verb =
        VerbProcess.start(folder.resolve("log"), machine, List.of(), Genrewise.class, arguments)) {
      assertEquals(ExitCode.USER, verb.await(), verb::text);
      assertTrue(verb.text().contains("NVIDIA Pretend (compute capability 1.2)"), verb::text);
      assertFalse(verb.text().contains("\tat "), verb::text);
    }
    assertTrue(Files.readString(json).contains("\"skipped\""));
  }
}
