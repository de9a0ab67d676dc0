package org.genrewise.jobs.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.genrewise.jobs.testing.LocalSpark;
import org.genrewise.jobs.train.SyntheticFeatures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Training by spark-submit on a real standalone master with two workers. */
class LostExecutorIT {
  private static final int EPOCHS = 6;

  @TempDir Path folder;

  @Test
  void anExecutorThatIsKilledInMidRoundCostsARoundAndNotTheRun() throws Exception {
    Path features = folder.resolve("features");
    SyntheticFeatures.write(LocalSpark.session(), features.toString(), 90);
    Path log = folder.resolve("driver.log");
    try (StandaloneCluster cluster = new StandaloneCluster(folder.resolve("cluster"), 2)) {
      Path output = folder.resolve("run");
      Process driver =
          cluster.submit(
              log,
              "train",
              "--features",
              features.toString(),
              "--output",
              output.toString(),
              "--set",
              "width=1/8",
              "--set",
              "input-size=64",
              "--set",
              "epochs=" + EPOCHS,
              "--set",
              "round-steps=3",
              "--set",
              "replicas=2",
              "--set",
              "learning-rate=0.002");
      awaitCheckpoint(output.resolve("checkpoints"), driver, log);
      List<ProcessHandle> executors = cluster.executors();
      assertEquals(2, executors.size());
      executors.get(0).destroyForcibly();

      assertTrue(driver.waitFor(5, TimeUnit.MINUTES), () -> text(log));
      assertEquals(0, driver.exitValue(), () -> text(log));
      assertEquals(
          EPOCHS + 1, Files.readAllLines(output.resolve("history.csv")).size(), () -> text(log));
      assertTrue(Files.exists(output.resolve("model/bundle.json")));
    }
  }

  private static void awaitCheckpoint(Path checkpoints, Process driver, Path log)
      throws IOException {
    for (int i = 0; i < 1200 && driver.isAlive(); i++) {
      if (Files.isDirectory(checkpoints)) {
        try (Stream<Path> files = Files.walk(checkpoints)) {
          if (files.anyMatch(file -> file.endsWith("checkpoint.json"))) {
            return;
          }
        } catch (java.io.UncheckedIOException e) {
          // one was deleted meanwhile; look again
        }
      }
      StandaloneCluster.sleep(100);
    }
    throw new AssertionError("no checkpoint was written: " + text(log));
  }

  private static String text(Path log) {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      return e.toString();
    }
  }
}
