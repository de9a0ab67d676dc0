package org.genrewise.jobs.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.genrewise.check.JsonFile;
import org.genrewise.device.DeviceChoice;
import org.genrewise.jobs.cli.ExitCode;
import org.genrewise.jobs.testing.CapturedVerb;
import org.genrewise.jobs.testing.Tunes;
import org.genrewise.network.Precision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The verb with --files, on tiny networks and rendered clips. */
class FilesBenchmarkTest {
  private static final List<String> TINY =
      List.of(
          "width=1/16",
          "input-size=32",
          "runs=2",
          "batch-size=4",
          "accuracy-width=1/16",
          "accuracy-input-size=32",
          "accuracy-epochs=2",
          "accuracy-runs=2",
          "test-share=0.34",
          "validation-share=0.33");

  /** Of each class: three groups, one for each part of a split, and a clip more. */
  private static final int CLIPS = 4;

  @TempDir private Path folder;

  @Test
  void aFolderGivesAllTables() throws IOException {
    Path audio = Tunes.write(folder.resolve("audio"), CLIPS, 4);
    Files.writeString(audio.resolve("low/broken.wav"), "this is no audio");
    Path json = folder.resolve("files.json");
    Path page = folder.resolve("files.html");
    String said =
        run(
            ExitCode.DONE,
            audio,
            "--manifest=" + manifest(audio),
            "--json=" + json,
            "--report=" + page,
            "--set=cpu-float16=true",
            "--set=epoch-slices=8");

    for (String part :
        List.of(
            "From files to labels",
            "One epoch of training",
            "Peak of memory",
            "Accuracy on files",
            "left out: " + audio.resolve("low/broken.wav"),
            "1 of them unusable",
            "100 files are asked for, and there are 12")) {
      assertTrue(said.contains(part), part + " is not in " + said);
    }
    assertTrue(Files.readString(page).contains("Accuracy on files"));
    Map<String, Object> all = JsonFile.read(json);
    assertEquals(13, Values.whole(all, "files_found"));
    assertEquals("1/16", Values.map(all, "settings").get("width"));
    assertTrue(Values.whole(Values.map(Values.map(all, "machine"), "software"), "cores") >= 1);
    assertSplitsKeepGroupsTogether(all);
    List<String> stages = new ArrayList<>();
    for (Map<String, Object> stage : Values.rows(all, "stages")) {
      assertEquals("", stage.get("error"));
      stages.add("%s %s".formatted(stage.get("stage"), stage.get("precision")));
      assertSane(Values.text(stage, "stage"), Values.map(stage, "results"));
    }
    assertEquals(
        List.of(
            "label float32",
            "label float16",
            "epoch float32",
            "epoch float16",
            "accuracy float32",
            "accuracy float16"),
        stages);
  }

  /** The first two clips of each class are of one recording. */
  private static Path manifest(Path audio) throws IOException {
    StringBuilder csv = new StringBuilder("path,label,group\nlow/broken.wav,low,\n");
    for (String label : List.of("low", "high", "noise")) {
      for (int i = 0; i < CLIPS; i++) {
        String group = i < 2 ? label + " recording" : "";
        csv.append("%s/track%02d.wav,%s,%s\n".formatted(label, i, label, group));
      }
    }
    return Files.writeString(audio.resolve("manifest.csv"), csv);
  }

  private static void assertSplitsKeepGroupsTogether(Map<String, Object> all) {
    List<Map<String, Object>> tracks = Values.rows(Values.map(all, "files"), "tracks");
    assertEquals(12, tracks.size());
    List<Map<String, Object>> splits = Values.rows(all, "splits");
    assertEquals(2, splits.size());
    for (Map<String, Object> split : splits) {
      Set<Object> seen = new HashSet<>();
      Set<Object> groups = new HashSet<>();
      for (String part : List.of("train", "validation", "test")) {
        Set<Object> groupsOfPart = new HashSet<>();
        for (Object number : (List<?>) split.get(part)) {
          assertTrue(seen.add(number), "track " + number + " is in two parts");
          Map<String, Object> track = tracks.get((Integer) number);
          groupsOfPart.add(track.getOrDefault("group", track.get("path")));
        }
        assertFalse(groupsOfPart.isEmpty(), part);
        groupsOfPart.forEach(group -> assertTrue(groups.add(group), group + " is in two parts"));
      }
      assertEquals(tracks.size(), seen.size());
    }
  }

  private static void assertSane(String stage, Map<String, Object> results) {
    double peak = Values.number(Values.map(results, "memory"), "process_peak_bytes");
    assertTrue(peak > 50e6 && peak < 8e9, stage + " had " + peak);
    assertFalse(Values.map(results, "memory").containsKey("gpu_peak_bytes"), "there is no GPU");
    switch (stage) {
      case Stages.LABEL -> assertRows(results);
      case Stages.EPOCH -> assertEpoch(results);
      default -> assertAccuracy(results);
    }
  }

  private static void assertRows(Map<String, Object> results) {
    List<Map<String, Object>> rows = Values.rows(results, "rows");
    assertEquals(List.of(1, 10, 12), rows.stream().map(row -> Values.whole(row, "files")).toList());
    for (Map<String, Object> row : rows) {
      double median = Values.number(row, "seconds_median");
      int files = Values.whole(row, "files");
      assertEquals(2, Values.whole(row, "runs"));
      assertTrue(Values.number(row, "seconds_minimum") > 0);
      assertTrue(Values.number(row, "seconds_minimum") <= median);
      assertEquals(4.0 * files, Values.number(row, "audio_seconds"), 0.01);
      assertEquals(median, files * Values.number(row, "seconds_per_file"), 1e-9);
      assertEquals(4 * files, median * Values.number(row, "times_real_time"), 0.01);
    }
  }

  private static void assertEpoch(Map<String, Object> results) {
    assertEquals(8, Values.whole(results, "slices"));
    assertEquals(12, Values.whole(results, "slices_of_all"), "4 s of audio are a slice");
    assertEquals(2, Values.whole(results, "steps") + Values.whole(results, "skipped_steps"));
    assertTrue(Values.number(results, "seconds") > 0);
    assertEquals(
        8, Values.number(results, "seconds") * Values.number(results, "slices_per_second"), 1e-6);
    // 3 classes: a network that knows nothing has ln 3 = 1.1
    assertEquals(1.1, Values.number(results, "loss"), 0.8);
  }

  private static void assertAccuracy(Map<String, Object> results) {
    assertEquals(1.0 / 3, Values.number(results, "chance"), 1e-9);
    List<Map<String, Object>> runs = Values.rows(results, "runs");
    assertEquals(List.of(42, 43), runs.stream().map(run -> Values.whole(run, "seed")).toList());
    for (Map<String, Object> run : runs) {
      assertTrue(Values.whole(run, "test_tracks") > 0);
      assertEquals(Values.whole(run, "test_tracks"), Values.whole(run, "test_slices"));
      assertTrue(Values.whole(run, "training_slices") > 0);
      assertTrue(Double.isFinite(Values.number(run, "loss")));
      for (String accuracy : List.of("slice_accuracy", "track_accuracy")) {
        double share = Values.number(run, accuracy);
        assertTrue(share >= 0 && share <= 1, accuracy + " is " + share);
      }
    }
  }

  @Test
  void filesOfOneLabelAreTimedAlone() throws IOException {
    Path audio = Tunes.write(folder.resolve("audio"), 1, 4).resolve("low");
    Path json = folder.resolve("files.json");
    String said = run(ExitCode.DONE, audio, "--json=" + json);
    assertTrue(said.contains("no table of epoch: training needs files of at least 2 labels"), said);
    assertTrue(said.contains("From files to labels"), said);
    assertFalse(said.contains("One epoch"), said);
    Map<String, Object> all = JsonFile.read(json);
    assertEquals(Set.of("epoch", "accuracy"), Values.map(all, "left_out").keySet());
    assertEquals(List.of(), Values.rows(all, "splits"));
    assertEquals(1, Values.rows(all, "stages").size());
  }

  @Test
  void whatCannotBeMeasuredIsTheUsersFault() throws IOException {
    Path nothing = folder.resolve("nothing");
    assertFault("does not exist", nothing);
    Path texts = Files.createDirectories(folder.resolve("texts"));
    Files.writeString(texts.resolve("notes.txt"), "no audio");
    assertFault("none of its 1 files has one of the endings", texts);
    Path broken = Files.createDirectories(folder.resolve("broken"));
    Files.writeString(broken.resolve("broken.wav"), "this is no audio");
    assertFault("none of 1 files can be used; the first, " + broken, broken);
  }

  @Test
  void aDeviceThatCannotBeHadIsTheUsersFault() throws IOException {
    Path audio = Tunes.write(folder.resolve("audio"), 1, 4);
    assertFault("--device cuda cannot be had", audio, "--device=cuda");
  }

  @Test
  void aFaultInAStageIsToldAndNotTakenForTheUsers() throws IOException {
    JsonFile.write(StageFiles.settings(folder), Map.of("runs", "1"));
    StageFailedException failure =
        assertThrows(
            StageFailedException.class,
            () ->
                new StageProcess(folder, line -> {})
                    .run("tempo", DeviceChoice.CPU, Precision.FLOAT32));
    assertFalse(failure.usersFault());
    assertTrue(failure.getMessage().contains("there is no stage tempo"), failure.getMessage());
  }

  private static void assertFault(String message, Path audio, String... options) {
    String said = run(ExitCode.USER, audio, options);
    assertTrue(said.contains(message), said);
    assertFalse(said.contains("\tat "), said);
  }

  @Test
  void optionsOfTheOtherKindAreMistakesOfUsage() {
    String files = "--files=" + folder;
    assertUsage("--width is of the parts", "benchmark", files, "--width=1/2");
    assertUsage("--runs is of the parts", "benchmark", files, "--runs", "5");
    assertUsage("--set needs --files", "benchmark", "--set", "width=1/2");
    assertUsage("--manifest needs --files", "benchmark", "--manifest", "a.csv");
  }

  private static void assertUsage(String message, String... arguments) {
    String said = CapturedVerb.run(ExitCode.USAGE, arguments);
    assertTrue(said.contains(message), said);
  }

  private static String run(int exitCode, Path audio, String... options) {
    List<String> arguments = new ArrayList<>(List.of("benchmark", "--files", audio.toString()));
    TINY.forEach(setting -> arguments.add("--set=" + setting));
    arguments.addAll(List.of(options));
    return CapturedVerb.run(exitCode, arguments.toArray(String[]::new));
  }
}
