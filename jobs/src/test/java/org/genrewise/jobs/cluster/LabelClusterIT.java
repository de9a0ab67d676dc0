package org.genrewise.jobs.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.spark.sql.SparkSession;
import org.genrewise.jobs.testing.LocalSpark;
import org.genrewise.jobs.testing.Moments;
import org.genrewise.jobs.testing.Tunes;
import org.genrewise.jobs.testing.UntrainedModel;
import org.genrewise.jobs.testing.VerbProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The verb label by spark-submit of the one jar, on a standalone master with two workers. */
class LabelClusterIT {
  private static final int TRACKS_PER_CLASS = 40;
  private static final int TRACKS = 3 * TRACKS_PER_CLASS;

  @TempDir private Path folder;

  @Test
  void anExecutorThatIsKilledCostsNoTrackAndADriverThatIsKilledNeither() throws Exception {
    Path audio = Tunes.write(folder.resolve("audio"), TRACKS_PER_CLASS, 12);
    String model = UntrainedModel.save(folder.resolve("model"), 1);
    Path output = folder.resolve("labels");
    try (StandaloneCluster cluster = new StandaloneCluster(folder.resolve("cluster"), 2)) {
      Process first = label(cluster, audio, model, output);
      Moments.await(() -> Moments.exists(output, "wave-00000/_temporary") || !first.isAlive());
      List<ProcessHandle> executors = cluster.executors();
      assertEquals(2, executors.size(), this::log);
      executors.get(0).destroyForcibly();
      assertTrue(first.waitFor(5, TimeUnit.MINUTES), this::log);
      assertEquals(0, first.exitValue(), this::log);
      requireOneRowATrack(output);

      // Its rows are there: a second run, of all tracks again, loses its driver.
      Process second = label(cluster, audio, model, output, "--force");
      Moments.await(() -> Moments.exists(output, "wave-00001") || !second.isAlive());
      assertTrue(second.isAlive(), this::log);
      second.destroyForcibly().waitFor();
      Process third = label(cluster, audio, model, output);
      assertTrue(third.waitFor(5, TimeUnit.MINUTES), this::log);
      assertEquals(0, third.exitValue(), this::log);
      assertTrue(log().contains("was killed"), this::log);
    }
    SparkSession spark = LocalSpark.session();
    assertEquals(
        0,
        spark
            .read()
            .parquet(output.resolve("labels").toUri().toString())
            .groupBy("track_id", "run_id")
            .count()
            .filter("count > 1")
            .count());
  }

  private Process label(
      StandaloneCluster cluster, Path audio, String model, Path output, String... more)
      throws IOException {
    List<String> arguments =
        VerbProcess.label(
            audio, model, output, "--set", "commit-seconds=2", "--set", "batch-size=1");
    arguments.addAll(List.of(more));
    return cluster.submit(folder.resolve("driver.log"), arguments.toArray(String[]::new));
  }

  private static void requireOneRowATrack(Path output) {
    var labels = LocalSpark.session().read().parquet(output.resolve("labels").toUri().toString());
    assertEquals(TRACKS, labels.count());
    assertEquals(TRACKS, labels.select("track_id").distinct().count());
  }

  private String log() {
    try {
      return Files.readString(folder.resolve("driver.log"));
    } catch (IOException e) {
      return e.toString();
    }
  }
}
