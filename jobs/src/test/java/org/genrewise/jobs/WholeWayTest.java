package org.genrewise.jobs;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.when;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.genrewise.bundle.ModelBundle;
import org.genrewise.device.Device;
import org.genrewise.evaluation.ClassificationReport;
import org.genrewise.evaluation.Mistake;
import org.genrewise.evaluation.WorstMistakes;
import org.genrewise.extraction.FeatureSettings;
import org.genrewise.jobs.cli.Console;
import org.genrewise.jobs.cli.UserException;
import org.genrewise.jobs.evaluate.EvaluateJob;
import org.genrewise.jobs.evaluate.EvaluateResult;
import org.genrewise.jobs.evaluate.EvaluateSettings;
import org.genrewise.jobs.evaluate.EvaluatedPart;
import org.genrewise.jobs.extract.ExtractJob;
import org.genrewise.jobs.extract.ExtractResult;
import org.genrewise.jobs.extract.ExtractSettings;
import org.genrewise.jobs.extract.FeatureTable;
import org.genrewise.jobs.label.LabelJob;
import org.genrewise.jobs.label.LabelOptions;
import org.genrewise.jobs.label.LabelResult;
import org.genrewise.jobs.label.LabelSettings;
import org.genrewise.jobs.model.LoadedModel;
import org.genrewise.jobs.settings.Settings;
import org.genrewise.jobs.spark.OutputMode;
import org.genrewise.jobs.testing.LocalSpark;
import org.genrewise.jobs.testing.Tunes;
import org.genrewise.jobs.track.LibrarySettings;
import org.genrewise.jobs.train.TrainJob;
import org.genrewise.jobs.train.TrainJobSettings;
import org.genrewise.jobs.train.TrainOptions;
import org.genrewise.jobs.train.TrainResult;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Audio to labels on real Spark with a real network, and what each step leaves for the next. */
class WholeWayTest {
  private static final int TRACKS_PER_CLASS = 8;
  private static final Console CONSOLE = LocalSpark.silence();

  @TempDir private static Path folder;
  private static SparkSession spark;
  private static Path audio;
  private static String features;
  private static String trained;
  private static ExtractResult extract;
  private static TrainResult train;

  @BeforeAll
  static void extractAndTrain() throws IOException {
    spark = LocalSpark.session();
    audio = Tunes.write(folder.resolve("audio"), TRACKS_PER_CLASS, 24);
    Files.writeString(audio.resolve("low/broken.mp3"), "this is not audio");
    Files.writeString(audio.resolve("low/cover.jpg"), "nor is this");
    features = folder.resolve("features").toString();
    trained = folder.resolve("trained").toString();
    extract = extract(features, Optional.empty());
    train = train(trained);
  }

  @Test
  void everySliceIsARowAndTheBadFileIsARowInFailures() {
    assertEquals(3 * TRACKS_PER_CLASS + 1, extract.tracks());
    assertEquals(1, extract.failedTracks());
    assertEquals(1, extract.skippedFiles());
    Dataset<Row> rows = FeatureTable.read(spark, features);
    assertEquals(List.of(FeatureTable.SCHEMA.fieldNames()), List.of(rows.columns()));
    assertEquals(extract.slices(), rows.count());
    assertEquals(3 * TRACKS_PER_CLASS * 2, rows.count());
    assertEquals(FeatureSettings.DEFAULT.version(), FeatureTable.version(rows));

    Row failure = spark.read().parquet(features + "/failures").first();
    assertEquals(audio.resolve("low/broken.mp3").toString(), failure.getAs("path"));
    assertEquals("not_audio", failure.getAs("kind"));
    assertEquals("decode", failure.getAs("stage"));
  }

  @Test
  void theBrightestRowOfASliceIsThatOfItsNotes() {
    int octaves = 7;
    for (Row row : FeatureTable.read(spark, features).collectAsList()) {
      byte[] cqt = row.getAs("cqt");
      int frames = row.getAs("frames");
      assertEquals(84 * frames, cqt.length);
      int octave = brightestRow(cqt, frames) * octaves / 84;
      switch (row.<String>getAs("label")) {
        case "low" -> assertTrue(octave >= 1 && octave <= 2, row.getAs("path") + " " + octave);
        case "high" -> assertTrue(octave >= 4 && octave <= 6, row.getAs("path") + " " + octave);
        default -> assertEquals("noise", row.getAs("label"));
      }
    }
  }

  @Test
  void theModelTellsTheClassesApartOnTracksThatItNeverSaw() {
    assertTrue(train.test().tracks().accuracy() >= 0.8, () -> train.test().metrics().toString());
    assertTrue(train.testTracks().size() >= 3);
    for (String left : List.of("metrics.json", "history.csv", "report.html", "model/bundle.json")) {
      assertTrue(Files.isRegularFile(Path.of(trained, left)), left);
    }
  }

  @Test
  void theBundleNamesTheDeviceThatTrainedIt() throws IOException {
    assertEquals(
        "cpu",
        ModelBundle.load(Path.of(train.model())).info().provenance().versions().get("device"));
  }

  @Test
  void noTrackIsInTwoPartsOfTheStoredSplit() {
    List<Row> rows = spark.read().parquet(trained + "/split").collectAsList();
    Set<String> ids = new HashSet<>();
    rows.forEach(row -> assertTrue(ids.add(row.getAs("track_id"))));
    assertEquals(3 * TRACKS_PER_CLASS, ids.size());
    assertEquals(
        Set.of("train", "validation", "test"),
        rows.stream().map(row -> row.<String>getAs("part")).collect(Collectors.toSet()));
  }

  @Test
  void trainingAgainGivesTheSameModel() {
    TrainResult again = train(folder.resolve("again").toString());

    assertEquals(version(train.model()), version(again.model()));
  }

  @Test
  void evaluateFindsWhatTrainFound() throws IOException {
    String output = folder.resolve("evaluated").toString();

    EvaluateResult result = evaluate(EvaluatedPart.TEST, Optional.of(output));

    assertEquals(train.test().metrics().keySet(), result.evaluation().metrics().keySet());
    train
        .test()
        .metrics()
        .forEach(
            (name, value) ->
                assertEquals(value, result.evaluation().metrics().get(name), 1e-5, name));
    assertEquals(train.testTracks().size(), spark.read().parquet(output + "/predictions").count());
    String metrics = Files.readString(Path.of(output, "metrics.json"));
    assertTrue(metrics.contains("\"track_ece\"") && metrics.contains("\"slice_ece\""), metrics);
    String report = Files.readString(Path.of(output, "report.html"));
    assertTrue(report.contains("Reliability of whole tracks"));
    assertEquals(result.mistakes().size(), report.split("<img ", -1).length - 1);
  }

  @Test
  void allTracksCanBeEvaluatedToo() {
    EvaluateResult result = evaluate(EvaluatedPart.ALL, Optional.empty());

    ClassificationReport tracks = result.evaluation().tracks();
    assertEquals(3 * TRACKS_PER_CLASS, tracks.samples());
    assertEquals(
        Math.min(
            WorstMistakes.DEFAULT_LIMIT, Math.round(tracks.samples() * (1 - tracks.accuracy()))),
        result.mistakes().size());
  }

  @Test
  void aTrackWithAForeignLabelIsAmongTheWorstMistakesWithItsPicture() throws IOException {
    String foreign = folder.resolve("foreign").toString();
    String output = folder.resolve("foreign-evaluated").toString();
    Column isFirst = col("path").endsWith("low/track00.wav");
    FeatureTable.read(spark, features)
        .withColumn("label", when(isFirst, "high").otherwise(col("label")))
        .write()
        .parquet(foreign);

    EvaluateResult result = evaluate(foreign, EvaluatedPart.ALL, Optional.of(output));

    Mistake mistake =
        result.mistakes().stream()
            .filter(m -> m.actual().equals("high") && m.predicted().equals("low"))
            .findFirst()
            .orElseThrow();
    String id = FeatureTable.read(spark, features).filter(isFirst).first().getAs("track_id");
    assertEquals(id, mistake.track());
    String report = Files.readString(Path.of(output, "report.html"));
    assertEquals(result.mistakes().size(), report.split("<img ", -1).length - 1);
    assertTrue(report.contains("low/<wbr/>track00.wav"));
  }

  @Test
  void labelGivesARowATrackAndLosesNothing() {
    String output = folder.resolve("labels").toString();

    LabelResult result = label(output);

    assertEquals(3 * TRACKS_PER_CLASS + 1, result.tracks());
    List<Row> rows = spark.read().parquet(output + "/labels").collectAsList();
    assertEquals(3 * TRACKS_PER_CLASS, rows.size());
    assertEquals(1, spark.read().parquet(output + "/failures").count());
    for (Row row : rows) {
      List<Double> probabilities = row.getList(row.fieldIndex("probabilities"));
      assertEquals(1, probabilities.stream().mapToDouble(p -> p).sum(), 1e-5);
      List<Row> top = row.getList(row.fieldIndex("top5"));
      assertEquals(3, top.size());
      assertEquals(row.<String>getAs("label"), top.get(0).getString(0));
      assertEquals(row.<Double>getAs("confidence"), top.get(0).getDouble(1));
      assertEquals(24, row.<Double>getAs("duration_seconds"), 0.01);
      assertEquals(2, row.<Integer>getAs("slices"));
      assertEquals(result.runId(), row.getAs("run_id"));
      assertNotNull(row.getAs("modified_at"));
      assertEquals("cpu", row.getAs("device"));
      assertEquals("float32", row.getAs("precision"));
    }
    long right =
        rows.stream()
            .filter(r -> r.<String>getAs("path").contains("/" + r.getAs("label") + "/"))
            .count();
    assertTrue(right >= rows.size() * 0.8, right + " of " + rows.size());
  }

  @Test
  void anOutputThatExistsIsRefused() {
    UserException fault =
        assertThrows(UserException.class, () -> extract(features, Optional.empty()));

    assertTrue(fault.getMessage().contains("--overwrite"), fault.getMessage());
  }

  @Test
  void tooManyFailuresFailTheRunButKeepItsRows() throws IOException {
    Path bad = Files.createDirectory(folder.resolve("bad"));
    Files.writeString(bad.resolve("a.mp3"), "no audio");
    Files.copy(audio.resolve("low/track00.wav"), bad.resolve("b.wav"));
    String output = folder.resolve("bad-features").toString();
    LibrarySettings library =
        LibrarySettings.of(
            bad.toString(), Optional.empty(), settings("max-failure-share=0.4"), 22_050);

    assertThrows(
        UserException.class,
        () ->
            ExtractJob.run(
                spark,
                CONSOLE,
                new ExtractSettings(
                    library, FeatureSettings.DEFAULT, output, OutputMode.REFUSE_EXISTING)));

    assertEquals(2, FeatureTable.read(spark, output).count());
  }

  @Test
  void aManifestGivesPathsLabelsAndGroups() throws IOException {
    Path manifest = folder.resolve("manifest.csv");
    Files.writeString(
        manifest,
        "path,label,group\n\"low/track00.wav\",deep,album\nlow/track01.wav,deep,\nmissing.wav,deep,\n");
    String output = folder.resolve("manifest-features").toString();

    extract(output, Optional.of(manifest.toString()));

    List<Row> rows =
        FeatureTable.read(spark, output)
            .select("path", "label", "group")
            .distinct()
            .orderBy("path")
            .collectAsList();
    assertEquals(2, rows.size());
    assertEquals("album", rows.get(0).getAs("group"));
    assertTrue(rows.get(1).isNullAt(2));
    assertEquals("deep", rows.get(1).getAs("label"));
    assertEquals("not_found", spark.read().parquet(output + "/failures").first().getAs("kind"));
  }

  @Test
  void unlabelledFeaturesAndForeignFoldersAreTheUsersFault() {
    assertThrows(UserException.class, () -> FeatureTable.read(spark, folder + "/nowhere"));
    assertThrows(UserException.class, () -> FeatureTable.read(spark, audio.toString()));
    assertThrows(
        UserException.class,
        () -> LoadedModel.locate(storage(), folder.resolve("audio").toString()));
  }

  @Test
  void nothingOfATrainingStaysInTheTemporaryFolder() throws IOException {
    Set<Path> before = scratchFolders();

    train(folder.resolve("once-more").toString());

    assertEquals(before, scratchFolders());
  }

  private static Set<Path> scratchFolders() throws IOException {
    try (Stream<Path> entries = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return entries
          .filter(path -> path.getFileName().toString().startsWith("genrewise-train"))
          .collect(Collectors.toSet());
    }
  }

  private static org.genrewise.jobs.spark.Storage storage() {
    return new org.genrewise.jobs.spark.Storage(spark.sparkContext().hadoopConfiguration());
  }

  private static int brightestRow(byte[] cqt, int frames) {
    long[] sums = new long[cqt.length / frames];
    for (int i = 0; i < cqt.length; i++) {
      sums[i / frames] += cqt[i] & 0xff;
    }
    return IntStream.range(0, sums.length).reduce(0, (a, b) -> sums[b] > sums[a] ? b : a);
  }

  private static ExtractResult extract(String output, Optional<String> manifest) {
    return ExtractJob.run(
        spark,
        CONSOLE,
        new ExtractSettings(
            LibrarySettings.of(audio.toString(), manifest, settings(), 22_050),
            FeatureSettings.DEFAULT,
            output,
            OutputMode.REFUSE_EXISTING));
  }

  private static TrainResult train(String output) {
    Settings settings =
        TrainOptions.SCHEMA.resolve(
            Optional.empty(),
            List.of(
                "width=1/16",
                "input-size=32",
                "epochs=15",
                "batch-size=4",
                "learning-rate=0.002",
                "dropout=0",
                "validation-share=0.2",
                "test-share=0.25",
                "model-id=tunes"));
    return TrainJob.run(
        spark,
        CONSOLE,
        TrainOptions.job(
            settings, features, output, TrainJobSettings.Start.REFUSE_EXISTING, Device.Kind.CPU));
  }

  private static EvaluateResult evaluate(EvaluatedPart part, Optional<String> output) {
    return evaluate(features, part, output);
  }

  private static EvaluateResult evaluate(
      String location, EvaluatedPart part, Optional<String> output) {
    return EvaluateJob.run(
        spark,
        CONSOLE,
        new EvaluateSettings(
            location,
            train.model(),
            part,
            Optional.of(trained + "/split"),
            output,
            OutputMode.REFUSE_EXISTING),
        loaded());
  }

  private static LabelResult label(String output) {
    return LabelJob.run(
        spark,
        CONSOLE,
        LabelOptions.settings(
            LabelOptions.SCHEMA.resolve(Optional.empty(), List.of()),
            LibrarySettings.of(audio.toString(), Optional.empty(), settings(), 22_050),
            train.model(),
            output,
            LabelSettings.Scope.DEFAULT),
        loaded());
  }

  private static LoadedModel loaded() {
    return LoadedModel.load(train.model(), spark.sparkContext().hadoopConfiguration());
  }

  private static String version(String model) {
    return LoadedModel.load(model, spark.sparkContext().hadoopConfiguration()).version();
  }

  private static Settings settings(String... assignments) {
    return LibrarySettings.SCHEMA.resolve(Optional.empty(), Arrays.asList(assignments));
  }
}
