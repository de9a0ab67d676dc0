package org.genrewise.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Parts that go wrong, in processes that really end, crash and hang. */
class GpuCheckTest {
  private static final CheckListener NONE = CheckListener.NONE;

  @TempDir private Path folder;

  @Test
  void whatGoesWrongLeavesTheResultsOfTheOthers() throws Exception {
    CheckReport report =
        check("fine", "throws", "finds", "leaves-out", "crashes", "needs", "last").run(NONE);

    assertStatus(report, "fine", PartStatus.OK, "");
    assertStatus(report, "throws", PartStatus.FAILED, "IllegalStateException: a fault");
    assertStatus(report, "finds", PartStatus.FAILED, "off by 3");
    assertStatus(report, "leaves-out", PartStatus.SKIPPED, "no such thing");
    assertStatus(report, "crashes", PartStatus.FAILED, "SIGSEGV in libnd4jcuda.so");
    assertStatus(report, "crashes", PartStatus.FAILED, "exit code 134");
    assertStatus(report, "needs-fine", PartStatus.OK, "");
    assertStatus(report, "needs-crashes", PartStatus.SKIPPED, "it needs crashes");
    assertStatus(report, "last", PartStatus.OK, "");
    for (String part : List.of("fine", "throws", "finds", "crashes", "last")) {
      assertEquals(
          0.5, report.part(part).orElseThrow().results().get("loss_mean"), "results of " + part);
    }
    assertEquals(3, report.exitCode());
    assertEquals(report.parts(), writtenParts(), "the file says the same");
  }

  @Test
  void aPartThatHangsIsEndedWithThePlaceWhereItStood() throws Exception {
    CheckReport report = check("hangs", "last").run(NONE);

    assertStatus(report, "hangs", PartStatus.FAILED, "it did not end within 3 s");
    assertStatus(report, "hangs", PartStatus.FAILED, "PretendParts");
    assertEquals(0.5, report.part("hangs").orElseThrow().results().get("loss_mean"));
    assertStatus(report, "last", PartStatus.OK, "");
  }

  @Test
  void aDeviceThatCannotBeHadIsTheUsersAndEndsTheRest() throws Exception {
    CheckReport report = check("refuses", "last").run(NONE);

    assertStatus(report, "refuses", PartStatus.FAILED, "there is no GPU");
    assertFalse(report.part("refuses").orElseThrow().error().contains("\tat "), "no stack trace");
    assertStatus(report, "last", PartStatus.SKIPPED, "there is no GPU");
    assertEquals(2, report.exitCode());
  }

  @Test
  void theListenerHearsOfEveryPart() throws Exception {
    List<String> heard = new ArrayList<>();
    CheckListener listener =
        new CheckListener() {
          @Override
          public void partBegan(String part, int number, int count) {
            heard.add("%s %d/%d".formatted(part, number, count));
          }

          @Override
          public void progressed(String part, double share, String what, double secondsLeft) {
            heard.add("%s, %.1f, left: %b".formatted(what, share, secondsLeft > 0));
          }

          @Override
          public void partEnded(PartReport report) {
            heard.add(report.name() + " " + report.status().text());
          }
        };

    assertEquals(0, check("fine", "last").run(listener).exitCode());

    assertEquals(
        List.of(
            "fine 1/2",
            "half of fine, 0.5, left: true",
            "fine ok",
            "last 2/2",
            "half of last, 0.5, left: true",
            "last ok"),
        heard);
  }

  @Test
  void aCheckThatIsKilledLeavesAWholeFileAndNoProcess() throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(PretendParts.OfCheck.class.getName());
    command.addAll(arguments("60", "fine", "hangs", "last"));
    Process check =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log()).start();
    List<ProcessHandle> parts;
    try {
      await(() -> Files.exists(json()) && Files.readString(json()).contains("running"));
      await(() -> status("hangs").equals("running") && results("hangs").containsKey("loss_mean"));
      parts = check.descendants().toList();
    } finally {
      check.destroyForcibly().waitFor();
    }

    assertEquals(1, parts.size());
    await(() -> parts.stream().noneMatch(ProcessHandle::isAlive));
    assertEquals("ok", status("fine"));
    assertEquals("running", status("hangs"));
    assertEquals("waiting", status("last"));
    assertEquals(Arrays.asList(65536, null), results("fine").get("loss_scale"));
  }

  private interface Condition {
    boolean holds() throws Exception;
  }

  private static void await(Condition condition) throws Exception {
    long begin = System.nanoTime();
    while (!condition.holds()) {
      assertTrue(System.nanoTime() - begin < TimeUnit.MINUTES.toNanos(1), "it never came");
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  private GpuCheck check(String... parts) {
    return new GpuCheck(
        CheckSettings.parse(arguments("3", parts)), PretendParts.ALL, PretendParts.OfPart.class);
  }

  private List<String> arguments(String limit, String... parts) {
    List<String> arguments = new ArrayList<>(List.of("--json", json().toString()));
    arguments.addAll(List.of("--device", "cpu", "--limit", limit));
    for (String part : parts) {
      arguments.addAll(List.of("--part", part));
    }
    return arguments;
  }

  private Path json() {
    return folder.resolve("check.json");
  }

  private File log() {
    return folder.resolve("log").toFile();
  }

  private List<PartReport> writtenParts() throws IOException {
    return parts(JsonFile.read(json()));
  }

  @SuppressWarnings("unchecked")
  static List<PartReport> parts(Map<String, Object> report) {
    return ((List<Map<String, Object>>) report.get("parts")).stream().map(PartReport::of).toList();
  }

  private PartReport part(String name) throws IOException {
    return writtenParts().stream()
        .filter(part -> part.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private String status(String name) throws IOException {
    return part(name).status().text();
  }

  private Map<String, Object> results(String name) throws IOException {
    return part(name).results();
  }

  private static void assertStatus(
      CheckReport report, String name, PartStatus status, String error) {
    PartReport part = report.part(name).orElseThrow();
    assertEquals(status, part.status(), name + ": " + part.error());
    assertTrue(part.error().contains(error), name + ": " + part.error());
    assertEquals(error.isEmpty(), part.error().isEmpty(), name + ": " + part.error());
  }
}
