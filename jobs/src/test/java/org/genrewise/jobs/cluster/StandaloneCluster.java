package org.genrewise.jobs.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A Spark master and workers of one core each, real processes on loopback, from the jars that Maven
 * has. The shaded jar must be built.
 */
final class StandaloneCluster implements AutoCloseable {
  private static final Path TARGET =
      Path.of(System.getProperty("genrewise.root", "..")).resolve("jobs/target").normalize();

  private final Path home;
  private final int port;
  private final Map<String, String> environment;
  private final List<Process> processes = new ArrayList<>();

  StandaloneCluster(Path folder, int workers) throws IOException {
    this(folder, workers, Map.of());
  }

  /**
   * @param environment variables of all processes, besides those that they need
   */
  StandaloneCluster(Path folder, int workers, Map<String, String> environment) throws IOException {
    this.environment = environment;
    home = sparkHome(folder);
    port = freePort();
    start(
        "org.apache.spark.deploy.master.Master",
        List.of("--host", "127.0.0.1", "--port", Integer.toString(port), "--webui-port", "0"));
    awaitPort();
    for (int i = 0; i < workers; i++) {
      Path work = Files.createDirectories(folder.resolve("worker" + i));
      start(
          "org.apache.spark.deploy.worker.Worker",
          List.of(
              "--host",
              "127.0.0.1",
              "--webui-port",
              "0",
              "--cores",
              "1",
              "--memory",
              "4g",
              "--work-dir",
              work.toString(),
              master()));
    }
  }

  private String master() {
    return "spark://127.0.0.1:" + port;
  }

  /** A folder that Spark takes for an installation. */
  private static Path sparkHome(Path folder) throws IOException {
    Path jars = Files.createDirectories(folder.resolve("spark/jars"));
    for (String jar : Files.readString(TARGET.resolve("spark.classpath")).strip().split(":")) {
      Path link = jars.resolve(Path.of(jar).getFileName());
      if (Files.notExists(link)) {
        Files.createSymbolicLink(link, Path.of(jar));
      }
    }
    Files.createFile(jars.resolveSibling("RELEASE"));
    return jars.getParent();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private void awaitPort() throws IOException {
    for (int i = 0; i < 300; i++) {
      try (Socket socket = new Socket("127.0.0.1", port)) {
        return;
      } catch (IOException e) {
        sleep(100);
      }
    }
    throw new IOException("the master did not start");
  }

  private void start(String mainClass, List<String> arguments) throws IOException {
    processes.add(java(mainClass, arguments).start());
  }

  /** Starts spark-submit of a verb with one core and one task for each executor. */
  Process submit(Path log, String... arguments) throws IOException {
    return submit(log, onThisCluster(), arguments);
  }

  /** Options of spark-submit: this master, with one core and one task for each executor. */
  List<String> onThisCluster() {
    return List.of(
        "--master",
        master(),
        "--conf",
        "spark.driver.host=127.0.0.1",
        "--conf",
        "spark.driver.bindAddress=127.0.0.1",
        "--conf",
        "spark.executor.cores=1",
        "--conf",
        "spark.executor.memory=2g",
        "--conf",
        "spark.executorEnv.OMP_NUM_THREADS=1");
  }

  /**
   * Starts spark-submit of a verb.
   *
   * @param options of spark-submit
   */
  Process submit(Path log, List<String> options, String... arguments) throws IOException {
    List<String> all = new ArrayList<>(options);
    all.addAll(
        List.of(
            "--class", "org.genrewise.jobs.Genrewise", TARGET.resolve("genrewise.jar").toString()));
    all.addAll(List.of(arguments));
    Process process =
        java("org.apache.spark.deploy.SparkSubmit", all)
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    processes.add(process);
    return process;
  }

  private ProcessBuilder java(String mainClass, List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
    command.addAll(List.of(Files.readString(TARGET.resolve("java.options")).strip().split("\\s+")));
    command.addAll(List.of("-Xmx1g", "-cp", home.resolve("jars") + "/*", mainClass));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    builder.environment().put("SPARK_HOME", home.toString());
    builder.environment().put("SPARK_SCALA_VERSION", "2.13");
    builder.environment().put("OMP_NUM_THREADS", "1");
    builder.environment().put("OMP_WAIT_POLICY", "PASSIVE");
    builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
    return builder;
  }

  /** Executors that run now. */
  List<ProcessHandle> executors() {
    return processes.stream()
        .flatMap(process -> process.descendants())
        .filter(
            process ->
                process.info().commandLine().orElse("").contains("CoarseGrainedExecutorBackend"))
        .filter(ProcessHandle::isAlive)
        .toList();
  }

  static void sleep(long milliseconds) {
    try {
      TimeUnit.MILLISECONDS.sleep(milliseconds);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    for (Process process : processes) {
      try (Stream<ProcessHandle> children = process.descendants()) {
        children.forEach(ProcessHandle::destroyForcibly);
      }
      process.destroyForcibly();
      try {
        process.waitFor();
      } catch (InterruptedException e) {
        throw new UncheckedIOException(new IOException(e));
      }
    }
  }
}
