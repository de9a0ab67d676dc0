package org.genrewise.jobs.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.genrewise.jobs.Genrewise;
import org.genrewise.jobs.cli.ExitCode;
import org.genrewise.jobs.testing.PretendGpus;
import org.genrewise.jobs.testing.VerbProcess;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real master with a worker of two GPUs, which conf/spark/gpus.sh finds by a pretend nvidia-smi,
 * and two executors in processes of their own.
 */
class GpuPlacementTest {
  private static final Path SCRIPT =
      Path.of(System.getProperty("genrewise.root", "..")).resolve("conf/spark/gpus.sh");

  @TempDir private Path folder;
  private Map<String, String> environment;

  @BeforeEach
  void pretend() throws IOException {
    environment =
        new HashMap<>(PretendGpus.write(folder.resolve("bin"), "NVIDIA Pretend", "1.2", 2));
    environment.put("SPARK_HOME", sparkHome().toString());
    environment.put("SPARK_SCALA_VERSION", "2.13");
  }

  /** Tells where each of two tasks is that run at the same time. */
  static final class Placement {
    private Placement() {}

    public static void main(String[] arguments) throws IOException {
      try (SparkSession spark = SparkSessions.start("placement")) {
        JavaSparkContext.fromSparkContext(spark.sparkContext())
            .parallelize(List.of(0, 1), 2)
            .map(Placement::here)
            .collect()
            .forEach(System.out::println);
      }
    }

    private static String here(int task) throws InterruptedException {
      TimeUnit.SECONDS.sleep(2);
      return "executor %s has GPU %s"
          .formatted(SparkEnv.get().executorId(), NetworkDevice.address().orElse("none"));
    }
  }

  @Test
  void eachExecutorHasAGpuOfItsOwn() throws Exception {
    try (VerbProcess driver = start(Placement.class, List.of())) {
      assertEquals(0, driver.await(), driver::text);
      List<String> told = driver.text().lines().filter(line -> line.contains(" has GPU ")).toList();
      assertEquals(2, told.size(), driver::text);
      assertEquals(Set.of("0", "1"), words(told, 1), driver::text);
      assertEquals(Set.of("0", "1"), words(told, 4), driver::text);
    }
  }

  private static Set<String> words(List<String> lines, int place) {
    return lines.stream()
        .map(line -> line.split(" ")[place])
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void theRefusalOfAnExecutorReachesTheUser() throws Exception {
    String nowhere = folder.resolve("nowhere").toString();
    try (VerbProcess verb =
        start(
            Genrewise.class,
            List.of("evaluate", "--features", nowhere, "--model", nowhere, "--device", "cuda"))) {
      assertEquals(ExitCode.USER, verb.await(), verb::text);
      assertTrue(verb.text().contains("--device cuda cannot be had"), verb::text);
      assertTrue(verb.text().contains("NVIDIA Pretend (compute capability 1.2)"), verb::text);
    }
  }

  private VerbProcess start(Class<?> program, List<String> arguments) throws IOException {
    return VerbProcess.start(
        folder.resolve("log"),
        environment,
        List.of(
            "-Dspark.master=local-cluster[1,2,2048]",
            "-Dspark.driver.host=127.0.0.1",
            "-Dspark.driver.bindAddress=127.0.0.1",
            "-Dspark.ui.enabled=false",
            "-Dspark.executor.cores=1",
            "-Dspark.executor.memory=512m",
            "-Dspark.worker.resource.gpu.amount=2",
            "-Dspark.worker.resource.gpu.discoveryScript=" + SCRIPT.toAbsolutePath().normalize(),
            "-Dspark.executor.resource.gpu.amount=1",
            "-Dspark.task.resource.gpu.amount=1",
            // Both executors must be there before the first task goes to one of them.
            "-Dspark.scheduler.minRegisteredResourcesRatio=1",
            "-Dspark.scheduler.maxRegisteredResourcesWaitingTime=120s",
            "-Dspark.executor.extraClassPath=" + String.join(":", classPath(true))),
        program,
        arguments);
  }

  /** A folder that Spark takes for an installation. */
  private Path sparkHome() throws IOException {
    Path jars = Files.createDirectories(folder.resolve("spark/jars"));
    for (String jar : classPath(false)) {
      Path link = jars.resolve(Path.of(jar).getFileName());
      if (Files.notExists(link)) {
        Files.createSymbolicLink(link, Path.of(jar));
      }
    }
    Files.createFile(jars.resolveSibling("RELEASE"));
    return jars.getParent();
  }

  private static List<String> classPath(boolean folders) {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> Files.isDirectory(Path.of(entry)) == folders)
        .toList();
  }

  @Test
  void theScriptNamesTheGpusAsSparkWants() throws Exception {
    assertEquals("{\"name\": \"gpu\", \"addresses\": [\"0\", \"1\"]}", script(environment, 0));

    Map<String, String> none = PretendGpus.write(folder.resolve("bin"), "", "", 0);
    assertTrue(script(none, 1).contains("in place of an index"));
    PretendGpus.script(folder.resolve("bin/nvidia-smi"), "echo 'no driver'; exit 9\n");
    assertTrue(script(none, 1).contains("nvidia-smi failed: no driver"));
    PretendGpus.script(
        folder.resolve("bin/nvidia-smi"), "[ \"$3 $4\" = '-i 3,1' ] && printf '1\\n3\\n'\n");
    Map<String, String> some = new HashMap<>(none);
    some.put("CUDA_VISIBLE_DEVICES", "3,1");
    assertEquals("{\"name\": \"gpu\", \"addresses\": [\"1\", \"3\"]}", script(some, 0));
  }

  @Test
  void withoutADriverTheScriptSaysWhatToDo() throws Exception {
    Path bin = Files.createDirectories(folder.resolve("bare"));
    assertTrue(script(Map.of("PATH", bin.toString()), 1).contains("install the NVIDIA driver"));
  }

  private static String script(Map<String, String> environment, int exitCode) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder("/bin/bash", SCRIPT.toString()).redirectErrorStream(true);
    builder.environment().putAll(environment);
    Process process = builder.start();
    String answer =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    assertEquals(exitCode, process.waitFor(), answer);
    return answer;
  }
}
