package org.genrewise.jobs.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.genrewise.jobs.Genrewise;
import org.genrewise.jobs.cli.ExitCode;
import org.genrewise.jobs.extract.FeatureTable;
import org.genrewise.jobs.model.LoadedModel;
import org.genrewise.jobs.testing.CapturedVerb;
import org.genrewise.jobs.testing.LocalSpark;
import org.genrewise.jobs.testing.S3Server;
import org.genrewise.jobs.testing.Tunes;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All verbs with everything on s3a://, as the command line runs them. */
class S3Test {
  private static final int TRACKS_PER_CLASS = 4;
  private static final int EPOCHS = 5;
  private static final String MUSIC = "s3a://whole-way-music";
  private static final String RUNS = "s3a://whole-way-runs";

  @TempDir private static Path folder;
  private static final StringBuilder CONSOLE = new StringBuilder();
  private static S3Server server;
  private static SparkSession spark;

  @BeforeAll
  static void runAllVerbs() throws Exception {
    server = S3Server.start(folder);
    server.bucket("whole-way-music");
    server.bucket("whole-way-runs");
    Path audio = Tunes.write(folder.resolve("audio"), TRACKS_PER_CLASS, 12);
    Files.writeString(audio.resolve("low/broken.mp3"), "this is not audio");
    server.upload(audio, MUSIC + "/audio");
    LocalSpark.stop();
    server.sparkSettings().forEach(System::setProperty);

    run("extract", "--input", audio.toString(), "--output", folder.resolve("on-disk").toString());
    run("extract", "--input", MUSIC + "/audio", "--output", RUNS + "/extract");
    Process killed = trainUntilItIsKilled(RUNS + "/killed");
    assertTrue(killed.waitFor(30, TimeUnit.SECONDS));
    run(train(RUNS + "/whole"));
    run(train(RUNS + "/killed", "--resume"));
    run(
        "evaluate",
        "--features",
        RUNS + "/extract",
        "--model",
        RUNS + "/killed",
        "--output",
        RUNS + "/evaluate");
    run(
        "label",
        "--input",
        MUSIC + "/audio",
        "--model",
        RUNS + "/killed",
        "--output",
        RUNS + "/label");
    String exported = RUNS + "/exported/model.safetensors";
    run("export-weights", "--model", RUNS + "/killed", "--output", exported);
    run("import-weights", "--input", exported, "--output", RUNS + "/imported");
    spark = LocalSpark.session();
  }

  @AfterAll
  static void stop() {
    LocalSpark.stop();
    server.sparkSettings().keySet().forEach(System::clearProperty);
    server.close();
  }

  @Test
  void theFeaturesAreThoseOfTheSameFilesOnDisk() {
    Map<String, List<Object>> expected = slices(folder.resolve("on-disk").toString());

    assertEquals(3 * TRACKS_PER_CLASS, expected.size());
    assertEquals(expected, slices(RUNS + "/extract"));
    Row failure = spark.read().parquet(RUNS + "/extract/failures").first();
    assertEquals(MUSIC + "/audio/low/broken.mp3", failure.getAs("path"));
    assertEquals("not_audio", failure.getAs("kind"));
  }

  @Test
  void tablesOnS3AreCommittedByTheMagicCommitterAndThoseOnDiskByTheClassicOne() throws IOException {
    for (String table :
        List.of("extract/features", "extract/failures", "whole/split", "label/labels")) {
      String success =
          Files.readString(server.files("whole-way-runs").resolve(table + "/_SUCCESS"));
      assertTrue(success.contains("\"committer\":\"magic\""), table);
    }
    assertEquals(0, Files.size(folder.resolve("on-disk/features/_SUCCESS")));
  }

  @Test
  void aTrainingThatWasKilledGoesOnFromItsCheckpointsAndEndsWithTheSameModel() {
    assertTrue(console().contains("going on from checkpoint epoch-0000"), console());
    assertEquals(version(RUNS + "/whole/model"), version(RUNS + "/killed/model"));
  }

  @Test
  void evaluateAndLabelLeaveTheirTables() {
    assertTrue(spark.read().parquet(RUNS + "/evaluate/predictions").count() >= 3);
    Path runs = server.files("whole-way-runs");
    for (String left :
        List.of("evaluate/metrics.json", "evaluate/report.html", "killed/report.html")) {
      assertTrue(Files.isRegularFile(runs.resolve(left)), left);
    }
    Dataset<Row> labels = spark.read().parquet(RUNS + "/label/labels");
    assertEquals(3 * TRACKS_PER_CLASS, labels.count());
    assertEquals(1, spark.read().parquet(RUNS + "/label/failures").count());
  }

  @Test
  void weightsComeBackFromTheirExport() {
    assertEquals(version(RUNS + "/killed/model"), version(RUNS + "/imported"));
  }

  @Test
  void noRunShowsOrWritesTheSecretKey() throws IOException {
    assertFalse(console().contains(S3Server.SECRET_KEY), console());
    assertFalse(Files.readString(folder.resolve("killed.log")).contains(S3Server.SECRET_KEY));
    try (Stream<Path> files = Files.walk(server.files("whole-way-runs"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
        assertFalse(bytes.contains(S3Server.SECRET_KEY), file.toString());
      }
    }
  }

  private static String[] train(String output, String... more) {
    List<String> arguments =
        new ArrayList<>(List.of("train", "--features", RUNS + "/extract", "--output", output));
    for (String setting :
        List.of(
            "width=1/16",
            "input-size=32",
            "epochs=" + EPOCHS,
            "batch-size=4",
            "learning-rate=0.002",
            "validation-share=0.2",
            "test-share=0.25")) {
      arguments.addAll(List.of("--set", setting));
    }
    arguments.addAll(List.of(more));
    return arguments.toArray(String[]::new);
  }

  private static Process trainUntilItIsKilled(String output) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
    server.sparkSettings().forEach((key, value) -> command.add("-D" + key + "=" + value));
    command.addAll(
        List.of(
            "-Xmx1g",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            Genrewise.class.getName()));
    command.addAll(Arrays.asList(train(output)));
    Path log = folder.resolve("killed.log");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    Path checkpoints = server.files("whole-way-runs").resolve("killed/checkpoints");
    while (finished(checkpoints) < 2) {
      assertTrue(process.isAlive(), () -> text(log));
      Thread.sleep(20);
    }
    process.destroyForcibly();
    return process;
  }

  private static long finished(Path checkpoints) {
    try (Stream<Path> files = Files.walk(checkpoints)) {
      return files.filter(file -> file.endsWith("checkpoint.json")).count();
    } catch (IOException | java.io.UncheckedIOException e) {
      return 0;
    }
  }

  private static void run(String... arguments) {
    CONSOLE.append(CapturedVerb.run(ExitCode.DONE, arguments));
  }

  private static String console() {
    return CONSOLE.toString();
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }

  /** All that a features table says of a slice, by the end of its path and its number. */
  private static Map<String, List<Object>> slices(String features) {
    Map<String, List<Object>> slices = new HashMap<>();
    for (Row row : FeatureTable.read(spark, features).drop("track_id").collectAsList()) {
      String path = row.getAs("path");
      slices.put(
          path.substring(path.indexOf("/audio/")) + " " + row.getAs("slice"),
          Stream.of(row.schema().fieldNames())
              .filter(column -> !column.equals("path"))
              .map(column -> comparable(row.getAs(column)))
              .collect(Collectors.toCollection(ArrayList::new)));
    }
    return slices;
  }

  private static Object comparable(Object value) {
    return value instanceof byte[] bytes ? Arrays.hashCode(bytes) : value;
  }

  private static String version(String model) {
    return LoadedModel.load(model, spark.sparkContext().hadoopConfiguration()).version();
  }
}
