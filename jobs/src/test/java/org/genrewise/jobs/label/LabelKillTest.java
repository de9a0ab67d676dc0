package org.genrewise.jobs.label;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Row;
import org.genrewise.jobs.testing.Moments;
import org.genrewise.jobs.testing.Tunes;
import org.genrewise.jobs.testing.UntrainedModel;
import org.genrewise.jobs.testing.VerbProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The verb label as a process of its own, killed where it hurts, and run again. */
class LabelKillTest {
  private static final int TRACKS_PER_CLASS = 12;

  @TempDir private Path folder;

  /** What a run has on disk when it is killed, below its output. */
  private static final List<String> MOMENTS =
      List.of(
          "_lock",
          "wave-00000/_temporary",
          "wave-00001",
          "slices/_temporary",
          "labels/labelled_on=");

  @Test
  void whateverIsKilledEveryTrackHasOneRowInTheEnd() throws Exception {
    Path audio = Tunes.write(folder.resolve("audio"), TRACKS_PER_CLASS, 12);
    Files.writeString(audio.resolve("low/broken.mp3"), "no audio");
    String model = UntrainedModel.save(folder.resolve("model"), 1);
    Path output = folder.resolve("labels");
    Runs runs = new Runs(model, output);

    List<String> hit = new ArrayList<>();
    for (String moment : MOMENTS) {
      VerbProcess process = start(audio, model, output);
      Moments.await(() -> Moments.exists(output, moment) || !process.isAlive());
      if (process.isAlive()) {
        hit.add(moment);
      }
      process.kill();
      assertNoTrackHasTwoRows(runs);
    }
    LabelResult last =
        runs.label(List.of(audio.toString()), LabelSettings.Scope.DEFAULT, "write-slices=true");

    // The last moments may find nothing left to publish, if the ones before did.
    assertTrue(hit.size() >= 3, hit.toString());
    assertEquals(3 * TRACKS_PER_CLASS + 1, last.listed());
    Set<String> ids = assertNoTrackHasTwoRows(runs);
    assertEquals(3 * TRACKS_PER_CLASS + 1, ids.size(), "none is lost");
    assertEquals(3 * TRACKS_PER_CLASS, runs.rows("slices").size());
    assertFalse(Files.exists(output.resolve("_work")));
    assertFalse(Files.exists(output.resolve("_lock")));
    assertEquals(0, runs.label(List.of(audio.toString()), LabelSettings.Scope.DEFAULT).tracks());
  }

  private static Set<String> assertNoTrackHasTwoRows(Runs runs) {
    Set<String> ids = new HashSet<>();
    for (String table : List.of("labels", "failures")) {
      for (Row row : runs.rowsSoFar(table)) {
        assertTrue(ids.add(row.getAs("track_id")), row.<String>getAs("path") + " has two rows");
      }
    }
    return ids;
  }

  private VerbProcess start(Path audio, String model, Path output) throws IOException {
    return VerbProcess.start(
        folder.resolve("log.txt"),
        List.of(),
        VerbProcess.label(
            audio, model, output, "--set", "commit-seconds=1", "--set", "write-slices=true"));
  }
}
