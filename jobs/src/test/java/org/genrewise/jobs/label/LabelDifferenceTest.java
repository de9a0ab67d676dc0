package org.genrewise.jobs.label;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.Config;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.genrewise.jobs.cli.UserException;
import org.genrewise.jobs.testing.LocalSpark;
import org.genrewise.jobs.testing.Tunes;
import org.genrewise.jobs.testing.UntrainedModel;
import org.genrewise.json.Json;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A label run is a difference, on real Spark with real audio. */
class LabelDifferenceTest {
  private static final LabelSettings.Scope FORCE = new LabelSettings.Scope(true, false);

  @TempDir private static Path models;
  private static String model;
  @TempDir private Path folder;
  private Path audio;
  private Path output;
  private Runs runs;

  @BeforeAll
  static void saveModel() throws IOException {
    model = UntrainedModel.save(models.resolve("one"), 1);
  }

  @BeforeEach
  void writeAudio() throws IOException {
    audio = Tunes.write(folder.resolve("audio"), 2, 12);
    Files.writeString(audio.resolve("low/broken.mp3"), "this is not audio");
    Files.writeString(audio.resolve("low/cover.jpg"), "nor is this");
    output = folder.resolve("labels");
    runs = new Runs(model, output);
  }

  @Test
  void whatHasItsRowIsSkippedAndWhatIsNewOrChangedIsLabelled() throws IOException {
    LabelResult first = runs.label(audio);
    assertEquals(7, first.tracks());
    assertEquals(1, first.failedTracks());
    assertEquals(1, first.permanentFailures());
    assertEquals(1, first.otherFiles());

    LabelResult second = runs.label(audio);
    assertEquals(0, second.tracks(), "nothing is new");
    assertEquals(7, second.unchanged());

    Path changed = audio.resolve("low/track00.wav");
    Files.copy(audio.resolve("noise/track00.wav"), audio.resolve("noise/new.wav"));
    Files.setLastModifiedTime(changed, FileTime.fromMillis(1_600_000_000_000L));
    LabelResult third = runs.label(audio);
    assertEquals(2, third.tracks());
    assertEquals(1, third.parts().get(Difference.Reason.NEW).tracks());
    assertEquals(1, third.parts().get(Difference.Reason.CHANGED).tracks());
    assertEquals(Files.size(changed), third.parts().get(Difference.Reason.CHANGED).bytes());
    assertEquals(8, runs.rows("labels").size());
    assertEquals(1, runs.rows("failures").size());
    assertEquals(
        1_600_000_000_000L,
        runs.table("labels")
            .filter("run_id = '%s' and path like '%%/low/%%'".formatted(third.runId()))
            .first()
            .getTimestamp(3)
            .getTime());
  }

  @Test
  void anotherModelOtherFeaturesAndForceLabelAgain() throws IOException {
    runs.label(audio);

    LabelResult forced = runs.label(List.of(audio.toString()), FORCE);
    assertEquals(7, forced.parts().get(Difference.Reason.FORCED).tracks());
    LabelResult other =
        new Runs(UntrainedModel.save(models.resolve("two"), 2), output).label(audio);
    assertEquals(7, other.parts().get(Difference.Reason.OTHER_VERSION).tracks());
    assertEquals(0, runs.label(audio).tracks(), "both models have their rows");
    assertEquals(18, runs.rows("labels").size());

    long latest =
        LocalSpark.session()
            .sql(
                """
                select track_id, max_by(label, labelled_at) from parquet.`%s` group by track_id
                """
                    .formatted(output.resolve("labels").toUri()))
            .count();
    assertEquals(6, latest);
  }

  @Test
  void aFaultThatMayPassIsTriedAgainAndOneThatStaysIsNot() throws IOException {
    // No decoder for it can be started: on another night there may be one.
    Path noDecoder = Files.createFile(folder.resolve("no-ffmpeg"));
    LabelResult first = runs.label(audio, "minimum-seconds=13", "ffmpeg=" + noDecoder);
    assertEquals(7, first.failedTracks());
    assertEquals(6, first.permanentFailures());
    assertEquals("too_short", runs.kinds().get("track00.wav"));
    assertEquals("decoder_unavailable", runs.kinds().get("broken.mp3"));

    LabelResult second = runs.label(audio, "minimum-seconds=13");
    assertEquals(1, second.parts().get(Difference.Reason.RETRIED).tracks());
    assertEquals("not_audio", runs.kinds().get("broken.mp3"));
    assertEquals(0, runs.label(audio, "minimum-seconds=13").tracks());

    LabelResult relaxed = runs.label(audio);
    assertEquals(6, relaxed.labelledTracks(), "limits that changed give another chance");
    assertEquals(6, relaxed.tracks());
  }

  @Test
  void aDryRunTellsAndLeavesNothing() throws IOException {
    LabelPlan plan = runs.plan(audio);
    assertEquals(7, plan.difference().tracks());
    assertTrue(plan.seconds() > 0);
    assertTrue(plan.lines().toString().contains("new"), plan.lines().toString());
    assertFalse(Files.exists(output));

    runs.label(audio);
    Files.copy(audio.resolve("low/track00.wav"), audio.resolve("new.wav"));
    LabelPlan next = runs.plan(audio);
    assertEquals(1, next.difference().tracks());
    assertEquals(7, next.difference().unchanged());
    assertTrue(next.basis().contains("last run"), next.basis());
    assertEquals(6, runs.rows("labels").size());
    assertFalse(Files.exists(output.resolve("_work")));
    assertFalse(Files.exists(output.resolve("_lock")));
  }

  @Test
  void whatIsGoneIsCountedAndNamedOnRequest() throws IOException {
    runs.label(audio);
    Files.delete(audio.resolve("high/track00.wav"));

    LabelResult result =
        runs.label(List.of(audio.toString()), new LabelSettings.Scope(false, true));

    assertEquals(1, result.removedTracks());
    assertEquals(
        audio.resolve("high/track00.wav").toString(), runs.rows("removed").get(0).getAs("path"));
  }

  @Test
  void patternsSeveralInputsAndManifestsNameTracks() throws IOException {
    LabelResult result =
        runs.label(
            List.of(audio + "/{low,high}/track*.wav", audio + "/low"), LabelSettings.Scope.DEFAULT);
    assertEquals(5, result.tracks(), "four and the broken one, each once");

    Path manifest = folder.resolve("list.csv");
    Files.writeString(manifest, "path\nnoise/track00.wav\nlow/track00.wav\nmissing.wav\n");
    LabelResult listed =
        runs.label(
            List.of(audio.toString()),
            Optional.of(manifest.toString()),
            LabelSettings.Scope.DEFAULT);
    assertEquals(2, listed.tracks());
    assertEquals(1, listed.unchanged());
    assertEquals("not_found", runs.kinds().get("missing.wav"));

    assertThrows(
        UserException.class,
        () -> runs.label(List.of(audio + "/*/nothing*"), LabelSettings.Scope.DEFAULT));
  }

  @Test
  void aRowSaysAllThatAnAnalystAsks() {
    runs.label(audio, "write-slices=true", "write-embeddings=true", "uncertain-below=1");

    for (Row row : runs.rows("labels")) {
      String label = row.getAs("label");
      assertTrue(UntrainedModel.CLASSES.contains(label));
      if (label.equals("Soft_rock")) {
        assertEquals("Rock", row.<String>getAs("level2"));
        assertEquals("Non_classic", row.getAs("level1"));
      } else if (label.equals("chiptune")) {
        assertNull(row.<String>getAs("level2"));
        assertNull(row.<String>getAs("level1"));
      }
      assertEquals(true, row.getAs("uncertain"));
      assertEquals(8, row.getList(row.fieldIndex("embedding")).size());
      assertEquals("cpu", row.getAs("device"));
    }
    List<Row> slices = runs.rows("slices");
    assertEquals(6, slices.size());
    for (Row slice : slices) {
      double start = slice.getAs("start_seconds");
      double end = slice.getAs("end_seconds");
      assertEquals(11.4, end - start, 0.05);
      assertEquals(3, slice.getList(slice.fieldIndex("probabilities")).size());
    }
  }

  @Test
  void someSlicesOfEachTrackAreAnotherAnalysisThanAllOfThem() throws IOException {
    Path music = Tunes.write(folder.resolve("long"), 1, 150);
    runs.label(music);

    LabelResult some = runs.label(music, "slices-per-track=3", "write-slices=true");
    assertEquals(3, some.parts().get(Difference.Reason.OTHER_VERSION).tracks());
    List<Row> slices = runs.rows("slices");
    assertEquals(9, slices.size());
    // Of 13: one in the middle of each third.
    assertEquals(
        Set.of(2, 6, 10),
        slices.stream().map(row -> row.<Integer>getAs("slice")).collect(Collectors.toSet()));
    Row row = runs.table("labels").filter("run_id = '%s'".formatted(some.runId())).first();
    assertEquals(3, row.<Integer>getAs("slices"));
    assertEquals(150, row.<Double>getAs("duration_seconds"), 0.01);
    assertTrue(row.<String>getAs("feature_version").endsWith("-take3"));
    assertEquals(0, runs.label(music, "slices-per-track=3").tracks());
  }

  @Test
  void aRunLeavesARecord() throws IOException {
    LabelResult result = runs.label(audio);

    Config record =
        Json.parse("record", Files.readString(output.resolve("runs/" + result.runId() + ".json")));
    assertEquals("done", record.getString("status"));
    assertEquals(7, record.getLong("tracks"));
    assertEquals(1, record.getLong("failed_tracks"));
    assertEquals(72, record.getDouble("audio_seconds"), 0.1);
    assertTrue(record.getDouble("tracks_per_hour") > 0);
    assertTrue(record.getDouble("times_real_time") > 0);
    assertTrue(record.getDouble("stage_seconds.network") > 0);
    assertEquals("0.5", record.getString("settings.uncertain-below"));
  }

  @Test
  void tooManyFailuresEndTheRunAndWhatWasDoneStays() {
    UserException fault =
        assertThrows(UserException.class, () -> runs.label(audio, "max-failure-share=0.1"));

    assertTrue(fault.getMessage().contains("max-failure-share"), fault.getMessage());
    assertEquals(6, runs.rows("labels").size());
    assertEquals(1, runs.rows("failures").size());
    assertEquals(0, runs.label(audio, "max-failure-share=0.1").tracks());
  }

  @Test
  void anOutputThatIsSomethingElseIsRefused() throws IOException {
    UserException fault =
        assertThrows(UserException.class, () -> new Runs(model, audio).label(audio));

    assertTrue(fault.getMessage().contains("nothing of a label run"), fault.getMessage());
    // as extract leaves it
    Path extracted = folder.resolve("extracted");
    Files.createDirectories(extracted.resolve("features"));
    Files.createDirectories(extracted.resolve("failures"));
    assertThrows(UserException.class, () -> new Runs(model, extracted).label(audio));
    assertThrows(UserException.class, () -> runs.label(audio, "uncertain-below=2"));
    assertThrows(UserException.class, () -> runs.label(audio, "slices-per-track=-1"));
    assertThrows(UserException.class, () -> runs.label(audio, "attempts=0"));
    Path empty = Files.createDirectory(folder.resolve("empty"));
    assertThrows(UserException.class, () -> runs.label(empty));
  }

  @Test
  void smallWavesGiveTheSameRowsAsOne() {
    LabelResult result = runs.label(audio, "commit-seconds=1");

    assertEquals(7, result.tracks());
    Set<String> ids = new HashSet<>();
    runs.rows("labels").forEach(row -> assertTrue(ids.add(row.getAs("track_id"))));
    runs.rows("failures").forEach(row -> assertTrue(ids.add(row.getAs("track_id"))));
    assertEquals(7, ids.size());
    assertNotEquals(0, result.labellingSeconds());
  }
}
