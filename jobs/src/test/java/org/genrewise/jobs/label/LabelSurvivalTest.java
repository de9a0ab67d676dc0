package org.genrewise.jobs.label;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.genrewise.jobs.cli.Console;
import org.genrewise.jobs.cli.UserException;
import org.genrewise.jobs.spark.OutputLock;
import org.genrewise.jobs.spark.Storage;
import org.genrewise.jobs.testing.FlakyFiles;
import org.genrewise.jobs.testing.HostileManifest;
import org.genrewise.jobs.testing.LocalSpark;
import org.genrewise.jobs.testing.Moments;
import org.genrewise.jobs.testing.Tunes;
import org.genrewise.jobs.testing.UntrainedModel;
import org.genrewise.testing.SharedData;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a label run meets in the wild, and what it leaves all the same. */
class LabelSurvivalTest {
  @TempDir private static Path models;
  private static String model;
  private static byte[] wav;
  @TempDir private Path folder;
  private Path audio;
  private Runs runs;

  @BeforeAll
  static void saveModelAndWav() throws IOException {
    model = UntrainedModel.save(models.resolve("model"), 1);
    Path tunes = Tunes.write(models.resolve("tunes"), 1, 12);
    wav = Files.readAllBytes(tunes.resolve("low/track00.wav"));
  }

  @BeforeEach
  void makeFolders() throws IOException {
    audio = Files.createDirectory(folder.resolve("audio"));
    runs = new Runs(model, folder.resolve("labels"));
  }

  @Test
  void everyHostileFileEndsAsItsManifestSays() {
    Path hostile = SharedData.path("audio/hostile");

    runs.label(
        List.of(hostile.toString()),
        Optional.of(hostile.resolve("manifest.csv").toString()),
        LabelSettings.Scope.DEFAULT);

    Set<String> labelled =
        runs.rows("labels").stream()
            .map(row -> row.<String>getAs("path"))
            .collect(Collectors.toSet());
    Map<String, String> failed =
        runs.rows("failures").stream()
            .collect(Collectors.toMap(row -> row.getAs("path"), row -> row.getAs("kind")));
    HostileManifest.check(LocalSpark.session(), hostile, labelled, failed);
  }

  @Test
  void namesMayHoldAnything() throws IOException {
    Set<String> names =
        new TreeSet<>(
            Set.of(
                "two words.wav",
                "#1 100% a&b=c;d.wav",
                "quote ' and \".wav",
                "new\nline.wav",
                "été 音楽 ☂.wav",
                "e\u0301 decomposed.wav",
                "back\\slash.wav",
                "{braces} [and] *stars*?.wav",
                "_hidden.wav",
                ".dot.wav",
                "-n --help.wav",
                "a:b.wav",
                "$(touch pwned) `x`.wav"));
    for (String name : names) {
      Files.write(audio.resolve(name), wav);
    }

    LabelResult result = runs.label(audio);

    assertEquals(0, result.failedTracks());
    assertEquals(List.copyOf(names), runs.labelled());
    assertEquals(0, runs.label(audio).tracks(), "and they are known again");
  }

  @Test
  void aCircleOfLinksEndsAndDanglingLinksAndFoldersAreFailures() throws IOException {
    Files.write(audio.resolve("good.wav"), wav);
    Files.createDirectory(audio.resolve("inner"));
    Files.createSymbolicLink(audio.resolve("inner/circle"), audio);
    Files.createSymbolicLink(audio.resolve("dangling.wav"), folder.resolve("nowhere.wav"));
    Files.createDirectory(audio.resolve("folder.wav"));

    runs.label(audio);

    assertEquals(List.of("good.wav"), runs.labelled());
    assertEquals(Map.of("dangling.wav", "not_found"), runs.kinds());
  }

  @Test
  void faultsThatPassAreTriedAgainInTheRunAndThenInTheNextOne() throws IOException {
    for (String name : List.of("good.wav", "twice.wav", "all-night.wav")) {
      Files.write(audio.resolve(name), wav);
    }
    FlakyFiles.fail("twice.wav", 2);
    FlakyFiles.fail("all-night.wav", 1000);
    List<String> input = List.of("flaky://" + audio);

    LabelResult first = runs.label(input, LabelSettings.Scope.DEFAULT);
    assertEquals(List.of("good.wav", "twice.wav"), runs.labelled());
    Row failure = runs.rows("failures").get(0);
    assertEquals("io", failure.<String>getAs("kind"));
    assertEquals(3, failure.<Integer>getAs("attempts"));
    assertEquals(false, failure.<Boolean>getAs("permanent"));
    assertTrue(failure.<String>getAs("message").contains("503"), failure.toString());
    assertEquals(0, first.permanentFailures());

    FlakyFiles.fail("all-night.wav", 0);
    LabelResult second = runs.label(input, LabelSettings.Scope.DEFAULT);
    assertEquals(1, second.parts().get(Difference.Reason.RETRIED).tracks());
    assertEquals(3, runs.labelled().size());
  }

  @Test
  void aFileThatChangesWhileItIsReadIsTriedAgainInTheNextRun() throws Exception {
    // Long, so that it surely grows while it is read.
    Path growing =
        Files.copy(
            Tunes.write(folder.resolve("long"), 1, 600).resolve("low/track00.wav"),
            audio.resolve("growing.wav"));
    Files.write(audio.resolve("good.wav"), wav);
    Thread writer = new Thread(() -> append(growing));
    writer.start();
    try {
      runs.label(audio, "attempts=2");
    } finally {
      writer.interrupt();
      writer.join();
    }

    assertEquals(Map.of("growing.wav", "changed"), runs.kinds());
    assertEquals(2, runs.rows("failures").get(0).<Integer>getAs("attempts"));
    assertEquals(List.of("good.wav"), runs.labelled());

    Files.write(growing, wav);
    assertEquals(1, runs.label(audio).labelledTracks());
  }

  private static void append(Path file) {
    try {
      while (!Thread.interrupted()) {
        Files.write(file, new byte[] {0, 0}, StandardOpenOption.APPEND);
      }
    } catch (IOException e) {
      // Interrupted.
    }
  }

  @Test
  void aFileThatVanishesBeforeItIsReadIsAFailure() throws Exception {
    for (int i = 0; i < 4; i++) {
      Files.write(audio.resolve("track%d.wav".formatted(i)), wav);
    }
    Path vanishing = audio.resolve("track3.wav");
    ByteArrayOutputStream told = new ByteArrayOutputStream();
    Thread thief =
        new Thread(
            () -> {
              try {
                Moments.await(() -> told.toString(StandardCharsets.UTF_8).contains("4 to label"));
                Files.delete(vanishing);
              } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    thief.start();

    runs.tell(Console.to(new PrintStream(told, true, StandardCharsets.UTF_8))).label(audio);

    thief.join();
    assertEquals(Map.of("track3.wav", "not_found"), runs.kinds());
    assertEquals(3, runs.labelled().size());
  }

  @Test
  void aSecondRunOnTheSameOutputIsRefusedAndAKilledRunsLockIsTakenOver() throws IOException {
    Files.write(audio.resolve("good.wav"), wav);
    Path output = folder.resolve("labels");
    Storage storage = new Storage(LocalSpark.session().sparkContext().hadoopConfiguration());
    try (OutputLock lock =
        OutputLock.take(storage, LocalSpark.silence(), output.toString(), "first")) {
      lock.requireHeld();
      UserException fault = assertThrows(UserException.class, () -> runs.label(audio));
      assertTrue(fault.getMessage().contains("first"), fault.getMessage());
      assertThrows(UserException.class, () -> runs.plan(audio));
    }
    String lockText;
    try (OutputLock lock =
        OutputLock.take(storage, LocalSpark.silence(), output.toString(), "second")) {
      lock.requireHeld();
      lockText = Files.readString(output.resolve("_lock"));
    }
    // As a process leaves it that is killed: its number is free again, or somebody else's.
    Files.writeString(
        output.resolve("_lock"),
        lockText.replaceAll("\"started\" ?: ?\"[^\"]*\"", "\"started\":\"\""));
    ByteArrayOutputStream told = new ByteArrayOutputStream();
    runs.tell(Console.to(new PrintStream(told, true, StandardCharsets.UTF_8))).label(audio);
    assertTrue(told.toString(StandardCharsets.UTF_8).contains("second is gone"), told::toString);
    assertFalse(Files.exists(output.resolve("_lock")));
  }

  @Test
  void theOwnerOfALockNoticesThatItWasTakenOver() throws IOException {
    Storage storage = new Storage(LocalSpark.session().sparkContext().hadoopConfiguration());
    Path output = folder.resolve("labels");
    try (OutputLock lock =
        OutputLock.take(storage, LocalSpark.silence(), output.toString(), "suspended")) {
      Path file = output.resolve("_lock");
      Files.writeString(file, Files.readString(file).replace("suspended", "other"));
      assertThrows(UserException.class, lock::requireHeld);
    }
    assertTrue(Files.exists(output.resolve("_lock")), "the other's lock stays");
  }

  @Test
  void whatAKilledRunHadStagedIsPublishedOnce() throws IOException {
    for (int i = 0; i < 6; i++) {
      Files.write(audio.resolve("track%d.wav".formatted(i)), wav);
    }
    runs.label(audio, "write-slices=true");
    Path output = folder.resolve("labels");

    // The state of a run that was killed while it published: wave 0 in part, wave 1 not finished.
    SparkSession spark = LocalSpark.session();
    Dataset<Row> labels = spark.read().parquet(output.resolve("labels").toUri().toString());
    Dataset<Row> slices = spark.read().parquet(output.resolve("slices").toUri().toString());
    String runId = labels.first().getAs("run_id");
    Dataset<Row> outcomes =
        labels
            .select(
                org.apache
                    .spark
                    .sql
                    .functions
                    .struct(columns(LabelTable.SCHEMA.fieldNames()))
                    .as(OutcomeTable.LABEL),
                col("track_id").as("id"))
            .join(
                slices
                    .groupBy(col("track_id").as("id"))
                    .agg(
                        org.apache
                            .spark
                            .sql
                            .functions
                            .collect_list(struct(columns(SliceTable.SCHEMA.fieldNames())))
                            .as(OutcomeTable.SLICES)),
                "id")
            .drop("id")
            .withColumn(OutcomeTable.FAILURE, lit(null).cast(LabelFailures.SCHEMA));
    Path wave = folder.resolve("wave");
    outcomes.write().parquet(wave.toUri().toString());
    copy(wave, output.resolve("_work/" + runId + "/wave-00000"));
    copy(wave, output.resolve("_work/" + runId + "/wave-00001"));
    Files.delete(output.resolve("_work/" + runId + "/wave-00001/_SUCCESS"));
    try (Stream<Path> files = Files.walk(output.resolve("labels"))) {
      for (Path file : files.filter(f -> f.toString().contains("part-")).toList()) {
        Files.delete(file);
      }
    }

    LabelResult result = runs.label(audio, "write-slices=true");

    assertEquals(6, result.recoveredTracks());
    assertEquals(0, result.tracks());
    assertEquals(6, runs.rows("labels").size());
    assertEquals(6, runs.rows("slices").size(), "those were published before the kill");
    assertFalse(Files.exists(output.resolve("_work")));
    assertTrue(Files.readString(output.resolve("runs/" + runId + ".json")).contains("\"killed\""));
  }

  private static Column[] columns(String[] names) {
    return Stream.of(names).map(functions::col).toArray(Column[]::new);
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target);
        }
      }
    }
  }
}
