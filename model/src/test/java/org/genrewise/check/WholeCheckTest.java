package org.genrewise.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every part for real, small, on the CPU. */
class WholeCheckTest {
  private static final String TORCH =
      """
      echo '@progress 0.5 inference'
      echo '@result {"torch": "2.0", "device": "cpu", "kind": "cpu", "speeds": [{"precision": "mixed",'\
      ' "work": "training", "batch": 2, "slices_per_second": 5.0}]}'
      """;

  @TempDir private Path folder;

  @Test
  void theCpuAgreesWithItselfAndEveryPartTellsItsResults() throws Exception {
    Path markdown = folder.resolve("tables.md");
    CheckReport report =
        run(
            "--python",
            python(TORCH).toString(),
            "--markdown",
            markdown.toString(),
            "--reference",
            folder.resolve("cpu.safetensors").toString());

    assertTrue(report.isOk(), CheckTables.text(report));
    assertEquals(CheckParts.ALL.size(), report.parts().size());
    report.parts().forEach(part -> assertEquals(PartStatus.OK, part.status(), part.name()));
    assertEquals("cpu", results(report, "device").get("kind"));
    for (String part : List.of("forward", "gradients")) {
      assertEquals("float32", results(report, part).get("agreement"));
      CheckTables.rows(report, part, "differences")
          .forEach(row -> assertEquals(0.0, number(row, "relative_distance"), row.toString()));
    }
    assertTrue(
        number(map(results(report, "float16").get("gradients_together")), "largest_difference")
            > 0);
    assertCourses(report);
    for (String precision : List.of("float32", "float16")) {
      assertEquals(2, CheckTables.rows(report, "speed-" + precision, "speeds").count());
      CheckTables.rows(report, "speed-" + precision, "speeds")
          .forEach(row -> assertTrue(number(row, "slices_per_second") > 0));
      for (String work : List.of("inference", "training")) {
        Map<String, Object> memory = results(report, "memory-%s-%s".formatted(work, precision));
        assertFalse(memory.containsKey("device_peak_bytes"), "there is no GPU");
        assertTrue(number(memory, "process_bytes") > 0);
      }
      assertEquals(
          List.of(1, 2),
          CheckTables.rows(report, "files-" + precision, "files")
              .map(row -> row.get("files"))
              .toList());
    }
    String tables = Files.readString(markdown);
    assertTrue(tables.matches("(?s).*training, float16 \\| 2 \\| [0-9.]+ \\| 5.00 \\|.*"), tables);
    assertTrue(tables.contains("width 1/16, 32 x 32, device cpu, files of 5.0 s"), tables);
    assertEquals(report.parts(), GpuCheckTest.parts(JsonFile.read(json())));
    assertTheReferenceIsReadAgain();
  }

  private static void assertCourses(CheckReport report) {
    Map<String, Object> wide = results(report, "training-float32");
    Map<String, Object> half = results(report, "training-float16");
    assertEquals(40, ((List<?>) wide.get("loss")).size());
    assertEquals(1.0, number(wide, "highest_loss_scale"));
    assertTrue(number(half, "highest_loss_scale") >= 65536);
    assertEquals(40, ((List<?>) half.get("loss_scale")).size());
  }

  private void assertTheReferenceIsReadAgain() throws IOException {
    CheckReport again =
        run("--part=forward", "--reference", folder.resolve("cpu.safetensors").toString());
    assertTrue(again.isOk(), CheckTables.text(again));
    assertTrue(
        results(again, "reference").get("source").toString().startsWith("read from"),
        CheckTables.text(again));
  }

  @Test
  void aReferenceOfSomethingElseIsRefused() throws IOException {
    Path other = folder.resolve("other.safetensors");
    Files.writeString(other, "no tensors");
    CheckReport report = run("--part=forward", "--reference", other.toString());
    assertEquals(2, report.exitCode(), CheckTables.text(report));
    assertEquals(PartStatus.FAILED, report.part("reference").orElseThrow().status());
    assertEquals(PartStatus.SKIPPED, report.part("forward").orElseThrow().status());
  }

  @Test
  void withoutPyTorchItsPartIsLeftOut() throws IOException {
    CheckReport none = run("--part=pytorch", "--python", folder.resolve("nowhere").toString());
    assertEquals(PartStatus.SKIPPED, none.part("pytorch").orElseThrow().status());
    CheckReport noModule = run("--part=pytorch", "--python", python("exit 9").toString());
    assertTrue(noModule.part("pytorch").orElseThrow().error().contains("no module torch"));
    assertEquals(0, noModule.exitCode());
    CheckReport broken =
        run("--part=pytorch", "--python", python("echo out of memory; exit 1").toString());
    assertTrue(broken.part("pytorch").orElseThrow().error().contains("out of memory"));
    assertEquals(3, broken.exitCode());
  }

  private CheckReport run(String... more) throws IOException {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--json=" + json(),
                "--device=cpu",
                "--width=1/16",
                "--input-size=32",
                "--steps=40",
                "--batches=2",
                "--runs=1",
                "--files=1,2",
                "--file-seconds=5"));
    arguments.addAll(List.of(more));
    return new GpuCheck(CheckSettings.parse(arguments)).run(CheckListener.NONE);
  }

  private Path json() {
    return folder.resolve("check.json");
  }

  private Path python(String body) throws IOException {
    Path program = folder.resolve("python");
    Files.writeString(program, "#!/bin/sh\n" + body);
    return Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
  }

  private static Map<String, Object> results(CheckReport report, String part) {
    return report.part(part).orElseThrow().results();
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(Object value) {
    return (Map<String, Object>) value;
  }

  private static double number(Map<String, Object> row, String key) {
    return ((Number) row.get(key)).doubleValue();
  }
}
