package org.genrewise.jobs.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.genrewise.jobs.testing.S3Server;
import org.genrewise.jobs.testing.Tunes;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The verbs by spark-submit with the files of conf/spark, everything on s3a://, and the keys in the
 * environment alone. Executors are processes of their own and know what Spark tells them.
 */
class S3ClusterIT {
  private static final Path FILES =
      Path.of(System.getProperty("genrewise.root", "..")).resolve("conf/spark");
  private static final String BUCKET = "s3a://cluster";

  @TempDir private static Path folder;
  private static S3Server server;
  private static StandaloneCluster cluster;

  @BeforeAll
  static void start() throws IOException {
    server = S3Server.start(folder);
    server.bucket("cluster");
    server.upload(Tunes.write(folder.resolve("music"), 4, 12), BUCKET + "/music");
    cluster =
        new StandaloneCluster(
            folder.resolve("spark-cluster"),
            1,
            Map.of(
                "AWS_ACCESS_KEY_ID",
                S3Server.ACCESS_KEY,
                "AWS_SECRET_ACCESS_KEY",
                S3Server.SECRET_KEY));
  }

  @AfterAll
  static void stop() {
    cluster.close();
    server.close();
  }

  @Test
  void executorsReachTheBucketByTheSettingsOfTheRun() throws Exception {
    String output = BUCKET + "/on-executors";
    List<String> options = options("standalone");
    options.addAll(cluster.onThisCluster());
    submit(options, "extract", "--input", BUCKET + "/music", "--output", output + "/extract");
    List<String> train =
        new ArrayList<>(
            List.of("train", "--features", output + "/extract", "--output", output + "/train"));
    for (String setting : List.of("width=1/16", "input-size=32", "epochs=2", "batch-size=4")) {
      train.addAll(List.of("--set", setting));
    }
    submit(options, train.toArray(String[]::new));
    submit(
        options,
        "label",
        "--input",
        BUCKET + "/music",
        "--model",
        output + "/train",
        "--output",
        output + "/label");

    requireMagic("on-executors", "extract/features", "train/split", "label/labels");
    requireNoSecret();
  }

  @Test
  void oneProcessExtractsToo() throws Exception {
    submit(
        options("local"),
        "extract",
        "--input",
        BUCKET + "/music",
        "--output",
        BUCKET + "/on-one-machine");

    requireMagic("on-one-machine", "features");
    requireNoSecret();
  }

  private static void requireMagic(String run, String... tables) throws IOException {
    for (String table : tables) {
      Path success = server.files("cluster").resolve(run).resolve(table).resolve("_SUCCESS");
      assertTrue(Files.readString(success).contains("\"committer\":\"magic\""), table);
    }
  }

  private static void requireNoSecret() throws IOException {
    try (Stream<Path> all = Files.walk(server.files("cluster"))) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
        assertFalse(bytes.contains(S3Server.SECRET_KEY), file.toString());
      }
    }
  }

  private static List<String> options(String name) {
    List<String> options =
        new ArrayList<>(List.of("--properties-file", FILES.resolve(name + ".conf").toString()));
    server
        .settingsWithoutKeys()
        .forEach(
            (key, value) -> options.addAll(List.of("--conf", "spark.hadoop." + key + "=" + value)));
    return options;
  }

  private static void submit(List<String> options, String... arguments) throws Exception {
    Path log = folder.resolve(arguments[0] + ".log");
    Process driver = cluster.submit(log, options, arguments);
    assertTrue(driver.waitFor(4, TimeUnit.MINUTES), () -> text(log));
    assertEquals(0, driver.exitValue(), () -> text(log));
    assertFalse(text(log).contains(S3Server.SECRET_KEY));
  }

  private static String text(Path log) {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      return e.toString();
    }
  }
}
