package org.genrewise.jobs.cluster;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.genrewise.jobs.testing.LocalSpark;
import org.genrewise.jobs.train.SyntheticFeatures;

/**
 * Slices per second of training on a standalone master with one and with two workers of one core.
 * Prints the table that stands in benchmarks/README.md; not a test.
 */
final class ScalingBenchmark {
  private static final int EPOCHS = 3;

  private ScalingBenchmark() {}

  /**
   * @param arguments width and input-size, for example {@code 1/4 96}
   */
  public static void main(String[] arguments) throws Exception {
    Path folder = Files.createTempDirectory("genrewise-scaling");
    Path features = folder.resolve("features");
    SyntheticFeatures.write(LocalSpark.session(), features.toString(), 480);
    for (int workers = 1; workers <= 2; workers++) {
      try (StandaloneCluster cluster =
          new StandaloneCluster(folder.resolve("cluster" + workers), workers)) {
        Path output = folder.resolve("run" + workers);
        Process driver =
            cluster.submit(
                folder.resolve("log" + workers),
                "train",
                "--features",
                features.toString(),
                "--output",
                output.toString(),
                "--set",
                "width=" + arguments[0],
                "--set",
                "input-size=" + arguments[1],
                "--set",
                "batch-size=8",
                "--set",
                "micro-batch=8",
                "--set",
                "epochs=" + EPOCHS,
                "--set",
                "replicas=" + workers);
        if (driver.waitFor() != 0) {
          throw new IllegalStateException(Files.readString(folder.resolve("log" + workers)));
        }
        List<String> lines = Files.readAllLines(output.resolve("history.csv"));
        for (String line : lines) {
          System.out.println(workers + " workers: " + line);
        }
      }
    }
    LocalSpark.session().stop();
  }
}
