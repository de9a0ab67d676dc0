package org.genrewise.jobs.evaluate;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.countDistinct;

import java.util.Iterator;
import java.util.List;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.util.LongAccumulator;
import org.genrewise.evaluation.EvaluationTally;
import org.genrewise.evaluation.WorstMistakes;
import org.genrewise.jobs.cli.Console;
import org.genrewise.jobs.cli.Eta;
import org.genrewise.jobs.cli.UserException;
import org.genrewise.jobs.extract.FeatureTable;
import org.genrewise.jobs.model.Engine;
import org.genrewise.jobs.model.LoadedModel;
import org.genrewise.jobs.spark.Json;
import org.genrewise.jobs.spark.Locations;
import org.genrewise.jobs.spark.StageProgress;
import org.genrewise.jobs.spark.Storage;
import org.genrewise.report.Report;

/** Features and a model to figures of how well it does. */
public final class EvaluateJob {
  private EvaluateJob() {}

  /**
   * Predicts every track of a part and compares with its label. Writes metrics.json, predictions
   * and report.html if there is an output.
   *
   * @param model as {@code settings.model()} has it, opened on the driver
   * @throws UserException if the features do not suit the model, or the part has no tracks
   */
  public static EvaluateResult run(
      SparkSession spark, Console console, EvaluateSettings settings, LoadedModel model) {
    Eta clock = new Eta("tracks", 0);
    Storage storage = new Storage(spark.sparkContext().hadoopConfiguration());
    Dataset<Row> features = FeatureTable.read(spark, settings.features());
    model.requireFeatures(FeatureTable.version(features));
    Dataset<Row> part = part(spark, features.filter(col("label").isNotNull()), settings);
    List<String> classes = model.info().classes();
    long tracks = requireKnownLabels(part, classes);
    settings.output().ifPresent(o -> storage.prepareOutput(o, settings.outputMode()));
    console.note(
        "model %s %s; %s; %,d tracks, part %s"
            .formatted(
                model.info().modelId(),
                model.version(),
                Engine.description(spark, model.precision()),
                tracks,
                settings.part().id()));
    LongAccumulator done = spark.sparkContext().longAccumulator("evaluate");
    Dataset<Row> predictions =
        part.repartition(col("track_id"))
            .sortWithinPartitions("track_id", "slice")
            .mapPartitions(
                PredictionTable.predictor(settings.model(), model.version(), done),
                Encoders.row(PredictionTable.SCHEMA))
            .persist(StorageLevel.DISK_ONLY());
    EvaluationTally tally = new EvaluationTally(classes);
    WorstMistakes mistakes = new WorstMistakes(classes);
    try (StageProgress progress =
        new StageProgress(console, "evaluate", new Eta("tracks", tracks), done)) {
      // An iterator alone would work on one partition after the other.
      predictions.count();
      collect(predictions.toLocalIterator(), classes, tally, mistakes);
    }
    EvaluateResult result =
        new EvaluateResult(tally.evaluation(), mistakes.mistakes(), clock.seconds());
    settings
        .output()
        .ifPresent(
            output -> {
              writeTables(storage, output, predictions, result);
              Report report =
                  report(settings, model, result)
                      .section(
                          "Worst mistakes",
                          EvaluationBlocks.mistakes(
                              mistakes, MistakePictures.draw(part, mistakes)));
              storage.writeText(output + "/report.html", report.html());
            });
    predictions.unpersist();
    return result;
  }

  private static Dataset<Row> part(
      SparkSession spark, Dataset<Row> features, EvaluateSettings settings) {
    if (settings.part() == EvaluatedPart.ALL) {
      return features;
    }
    String split =
        settings
            .split()
            .orElseThrow(
                () ->
                    new UserException(
                        "which tracks are the %s part is not known: no split lies beside the model;"
                                .formatted(settings.part().id())
                            + " name it with --split, or evaluate all tracks with --set part=all"));
    Dataset<Row> ids =
        splitTable(spark, split)
            .filter(col("part").equalTo(settings.part().id()))
            .select("track_id");
    return features.join(ids, "track_id");
  }

  private static Dataset<Row> splitTable(SparkSession spark, String split) {
    if (!new Storage(spark.sparkContext().hadoopConfiguration()).exists(split)) {
      throw new UserException(
          "the split %s does not exist; name the folder split in the output of train"
              .formatted(split));
    }
    return spark.read().parquet(Locations.hadoop(split).toString());
  }

  private static long requireKnownLabels(Dataset<Row> part, List<String> classes) {
    TreeSet<String> unknown = new TreeSet<>();
    long tracks = 0;
    for (Row row : part.groupBy("label").agg(countDistinct("track_id")).collectAsList()) {
      tracks += row.getLong(1);
      if (!classes.contains(row.getString(0))) {
        unknown.add(row.getString(0));
      }
    }
    if (!unknown.isEmpty()) {
      throw new UserException(
          "the model does not know the labels %s; it knows %s"
              .formatted(String.join(", ", unknown), String.join(", ", classes)));
    }
    if (tracks == 0) {
      throw new UserException(
          "none of the features' tracks is in the part that was asked for; try --set part=all");
    }
    return tracks;
  }

  private static void collect(
      Iterator<Row> predictions,
      List<String> classes,
      EvaluationTally tally,
      WorstMistakes mistakes) {
    while (predictions.hasNext()) {
      Row row = predictions.next();
      List<Float> values = row.getList(row.fieldIndex("slice_probabilities"));
      float[] probabilities = new float[values.size()];
      for (int i = 0; i < probabilities.length; i++) {
        probabilities[i] = values.get(i);
      }
      int actual = classes.indexOf(row.<String>getAs("label"));
      tally.add(actual, probabilities);
      mistakes.add(row.getAs("track_id"), actual, probabilities);
    }
  }

  private static void writeTables(
      Storage storage, String output, Dataset<Row> predictions, EvaluateResult result) {
    predictions
        .drop("slice_probabilities")
        .coalesce(1)
        .write()
        .parquet(Locations.hadoop(output + "/predictions").toString());
    storage.writeText(output + "/metrics.json", Json.of(result.evaluation().metrics()));
  }

  private static Report report(
      EvaluateSettings settings, LoadedModel model, EvaluateResult result) {
    return Report.titled(
            "Evaluation of " + model.info().modelId(),
            "version %s on %s, part %s"
                .formatted(model.version(), settings.features(), settings.part().id()))
        .section("How good the labels are", EvaluationBlocks.of(result.evaluation()));
  }
}
