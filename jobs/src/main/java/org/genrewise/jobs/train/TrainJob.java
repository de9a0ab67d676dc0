package org.genrewise.jobs.train;

import static org.apache.spark.sql.functions.col;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.genrewise.evaluation.Evaluation;
import org.genrewise.jobs.cli.Console;
import org.genrewise.jobs.cli.Eta;
import org.genrewise.jobs.cli.UserException;
import org.genrewise.jobs.evaluate.EvaluationBlocks;
import org.genrewise.jobs.extract.FeatureTable;
import org.genrewise.jobs.library.Locations;
import org.genrewise.jobs.spark.Json;
import org.genrewise.jobs.spark.Storage;
import org.genrewise.jobs.train.TrainPlan.PlannedTrack;
import org.genrewise.report.Report;
import org.genrewise.training.Split;
import org.genrewise.training.Split.Assignment;
import org.genrewise.training.Split.Part;
import org.genrewise.training.Track;

/** Features to a model. */
public final class TrainJob {
  static final StructType SPLIT_SCHEMA =
      new StructType()
          .add("track_id", DataTypes.StringType)
          .add("label", DataTypes.StringType)
          .add("group", DataTypes.StringType)
          .add("part", DataTypes.StringType);

  private TrainJob() {}

  /**
   * Writes the bundle, the split, metrics.json, history.csv and report.html below the output.
   *
   * @throws UserException if the features are missing, unlabelled or mixed, or the output exists
   */
  public static TrainResult run(SparkSession spark, Console console, TrainJobSettings settings) {
    Eta clock = new Eta("epochs", settings.training().epochs());
    Storage storage = new Storage(spark.sparkContext().hadoopConfiguration());
    Dataset<Row> features = FeatureTable.read(spark, settings.features());
    String featureVersion = FeatureTable.version(features);
    Split split = Split.of(labelledTracks(console, features), settings.split());
    requireParts(split);
    storage.prepareOutput(settings.output(), settings.outputMode());
    console.note(
        "%,d tracks in %d classes: %,d to learn from, %,d to validate, %,d to test; features %s"
            .formatted(
                split.assignments().size(),
                split.labels().size(),
                split.tracks(Part.TRAIN).size(),
                split.tracks(Part.VALIDATION).size(),
                split.tracks(Part.TEST).size(),
                featureVersion));
    writeSplit(spark, split, settings.output() + "/split");
    String model = settings.output() + "/model";
    TrainOutcome outcome = train(spark, features, plan(split, settings, featureVersion), model);
    Evaluation test = outcome.test().evaluation();
    TrainResult result =
        new TrainResult(model, outcome.training(), test, split.tracks(Part.TEST), clock.seconds());
    storage.writeText(settings.output() + "/history.csv", TrainingBlocks.csv(outcome.training()));
    storage.writeText(
        settings.output() + "/metrics.json", Json.of(metrics(settings, result, outcome)));
    storage.writeText(settings.output() + "/report.html", report(settings, result, outcome).html());
    return result;
  }

  private static List<Track> labelledTracks(Console console, Dataset<Row> features) {
    List<Track> tracks = new ArrayList<>();
    long unlabelled = 0;
    for (Row row : features.select("track_id", "label", "group").distinct().collectAsList()) {
      if (row.isNullAt(1)) {
        unlabelled++;
      } else {
        tracks.add(
            new Track(row.getString(0), row.getString(1), Optional.ofNullable(row.getString(2))));
      }
    }
    if (unlabelled > 0) {
      console.note("%,d tracks have no label and are left alone".formatted(unlabelled));
    }
    long classes = tracks.stream().map(Track::label).distinct().count();
    if (classes < 2) {
      throw new UserException(
          "training needs tracks of at least 2 labels, the features have %d; lay the audio out as"
                  .formatted(classes)
              + " LABEL/track.*, or give extract a --manifest with labels");
    }
    return tracks;
  }

  private static void requireParts(Split split) {
    for (Part part : Part.values()) {
      if (split.tracks(part).isEmpty()) {
        throw new UserException(
            "no tracks are left for the part %s; give more tracks, or larger shares"
                .formatted(part.name().toLowerCase(Locale.ROOT)));
      }
    }
  }

  private static TrainPlan plan(Split split, TrainJobSettings settings, String featureVersion) {
    List<String> classes = split.labels();
    Map<String, PlannedTrack> tracks = new HashMap<>();
    for (Assignment assignment : split.assignments()) {
      Track track = assignment.track();
      tracks.put(
          track.id(),
          new PlannedTrack(tracks.size(), classes.indexOf(track.label()), assignment.part()));
    }
    return new TrainPlan(classes, tracks, settings.training(), featureVersion, settings.modelId());
  }

  /** One task on one executor; its rows come sorted, so that the same features train the same. */
  private static TrainOutcome train(
      SparkSession spark, Dataset<Row> features, TrainPlan plan, String model) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    return features
        .filter(col("label").isNotNull())
        .coalesce(1)
        .sortWithinPartitions("track_id", "slice")
        .toJavaRDD()
        .mapPartitions(new TrainTask(context.broadcast(plan), model))
        .collect()
        .get(0);
  }

  private static void writeSplit(SparkSession spark, Split split, String location) {
    List<Row> rows =
        split.assignments().stream()
            .map(
                assignment ->
                    RowFactory.create(
                        assignment.track().id(),
                        assignment.track().label(),
                        assignment.track().group().orElse(null),
                        assignment.part().name().toLowerCase(Locale.ROOT)))
            .toList();
    spark
        .createDataFrame(rows, SPLIT_SCHEMA)
        .coalesce(1)
        .write()
        .parquet(Locations.hadoop(location).toString());
  }

  private static Map<String, Object> metrics(
      TrainJobSettings settings, TrainResult result, TrainOutcome outcome) {
    Map<String, Object> metrics = new TreeMap<>(result.test().metrics());
    metrics.put("top5", result.test().tracks().topFiveAccuracy());
    metrics.put("macro_f1", result.test().tracks().macroF1());
    metrics.put("best_epoch", result.training().bestEpoch());
    metrics.put("epochs", result.training().history().size());
    metrics.put("seconds", result.seconds());
    metrics.put("engine", outcome.engine());
    metrics.put("settings", settings.training().asMap());
    return metrics;
  }

  private static Report report(
      TrainJobSettings settings, TrainResult result, TrainOutcome outcome) {
    return Report.titled(
            "Training of " + settings.modelId(),
            "%s; %s".formatted(outcome.engine(), Console.duration(result.seconds())))
        .section("The test part", EvaluationBlocks.of(result.test()))
        .section("Training", TrainingBlocks.of(result.training()));
  }
}
