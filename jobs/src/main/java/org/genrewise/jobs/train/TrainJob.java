package org.genrewise.jobs.train;

import static org.apache.spark.sql.functions.col;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.util.SerializableConfiguration;
import org.genrewise.bundle.Provenance;
import org.genrewise.evaluation.Mistake;
import org.genrewise.evaluation.WorstMistakes;
import org.genrewise.jobs.cli.Console;
import org.genrewise.jobs.cli.Eta;
import org.genrewise.jobs.cli.UserException;
import org.genrewise.jobs.evaluate.EvaluationBlocks;
import org.genrewise.jobs.extract.FeatureTable;
import org.genrewise.jobs.model.BundleFiles;
import org.genrewise.jobs.model.Engine;
import org.genrewise.jobs.model.LoadedModel;
import org.genrewise.jobs.spark.HadoopCheckpoints;
import org.genrewise.jobs.spark.Json;
import org.genrewise.jobs.spark.OutputMode;
import org.genrewise.jobs.spark.Storage;
import org.genrewise.jobs.train.TrainJobSettings.SplitBy;
import org.genrewise.jobs.train.TrainJobSettings.Start;
import org.genrewise.network.Precision;
import org.genrewise.report.Report;
import org.genrewise.training.SliceSplit;
import org.genrewise.training.Split;
import org.genrewise.training.Split.Part;
import org.genrewise.training.Track;
import org.genrewise.training.Trainer;
import org.genrewise.training.TrainingResult;
import org.genrewise.training.checkpoint.Checkpoints;

/** Features to a model. */
public final class TrainJob {
  private TrainJob() {}

  /**
   * Writes the bundle, the split, checkpoints, settings.json, metrics.json, history.csv and
   * report.html below the output.
   *
   * @throws UserException if the features are missing, unlabelled or mixed, or the output exists
   */
  public static TrainResult run(SparkSession spark, Console console, TrainJobSettings settings) {
    Eta clock = new Eta("epochs", settings.training().epochs());
    Storage storage = new Storage(spark.sparkContext().hadoopConfiguration());
    Dataset<Row> features =
        FeatureTable.read(spark, settings.features()).filter(col("label").isNotNull());
    String featureVersion = FeatureTable.version(FeatureTable.read(spark, settings.features()));
    Split split = Split.of(labelledTracks(spark, console, settings), settings.split());
    TrainPlan plan = plan(features, split, settings);
    requireParts(plan, settings);
    ReplicaPlan replica = replicaPlan(spark, settings, plan, featureVersion);
    prepareOutput(storage, settings);
    tell(console, spark, plan, replica, featureVersion);
    if (settings.splitBy() == SplitBy.GROUP) {
      SplitTable.write(spark, split, settings.output() + "/split");
    }
    storage.writeText(settings.output() + "/settings.json", Json.of(settings.training().asMap()));

    TrainingResult training =
        train(spark, console, settings, features, plan, replica, featureVersion);
    String model = settings.output() + "/model";
    storage.delete(model);
    FinishPlan finish =
        new FinishPlan(
            replica,
            training.keptFolder(),
            plan.classes(),
            Provenance.dataHash(split.tracks(Part.TRAIN)),
            split.tracks(Part.TRAIN).size(),
            featureVersion,
            settings.modelId(),
            model);
    FinishTask.Tested test = finish(spark, features, plan, finish);
    TrainResult result =
        new TrainResult(
            model, training, test.tally().evaluation(), split.tracks(Part.TEST), clock.seconds());
    String engine = engine(spark, settings.training().compute().precision());
    storage.writeText(settings.output() + "/history.csv", TrainingBlocks.csv(training));
    storage.writeText(
        settings.output() + "/metrics.json", Json.of(metrics(settings, result, engine)));
    storage.writeText(
        settings.output() + "/report.html",
        report(settings, result, engine, test.mistakes(), paths(features, test.mistakes())).html());
    return result;
  }

  private static List<Track> labelledTracks(
      SparkSession spark, Console console, TrainJobSettings settings) {
    List<Track> tracks = new ArrayList<>();
    long unlabelled = 0;
    for (Row row :
        FeatureTable.read(spark, settings.features())
            .select("track_id", "label", "group")
            .distinct()
            .collectAsList()) {
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

  private static TrainPlan plan(Dataset<Row> features, Split split, TrainJobSettings settings) {
    Map<String, Integer> counts = new HashMap<>();
    for (Row row : features.groupBy("track_id").count().collectAsList()) {
      counts.put(row.getString(0), (int) row.getLong(1));
    }
    return TrainPlan.of(
        split,
        counts,
        settings.splitBy() == SplitBy.SLICE ? new SliceSplit(settings.split()) : null,
        settings.training().rounds().replicas());
  }

  private static void requireParts(TrainPlan plan, TrainJobSettings settings) {
    for (Part part : Part.values()) {
      int[] sizes = plan.sizes(part);
      if (Arrays.stream(sizes).sum() == 0) {
        throw new UserException(
            "no tracks are left for the part %s; give more tracks, or larger shares"
                .formatted(part.name().toLowerCase(Locale.ROOT)));
      }
      if (part == Part.TRAIN && Arrays.stream(sizes).min().orElseThrow() == 0) {
        throw new UserException(
            "%d replicas are too many for so few tracks: one has nothing to learn from"
                .formatted(settings.training().rounds().replicas()));
      }
    }
  }

  private static ReplicaPlan replicaPlan(
      SparkSession spark, TrainJobSettings settings, TrainPlan plan, String featureVersion) {
    SerializableConfiguration configuration =
        new SerializableConfiguration(spark.sparkContext().hadoopConfiguration());
    Storage storage = new Storage(configuration.value());
    InitialModel initial =
        settings
            .initialModel()
            .map(location -> LoadedModel.locate(storage, location))
            .map(
                folder ->
                    InitialModel.of(
                        folder,
                        BundleFiles.read(folder, configuration.value(), bundle -> bundle.info()),
                        plan.classes(),
                        featureVersion,
                        configuration))
            .orElse(null);
    return new ReplicaPlan(
        settings.output() + " " + System.nanoTime(),
        settings.training(),
        plan.classes().size(),
        settings.training().loss().classWeighting().weights(plan.classCounts()),
        initial,
        HadoopCheckpoints.at(settings.output() + "/checkpoints", configuration),
        configuration);
  }

  private static void prepareOutput(Storage storage, TrainJobSettings settings) {
    if (settings.start() != Start.RESUME) {
      storage.prepareOutput(
          settings.output(),
          settings.start() == Start.OVERWRITE ? OutputMode.OVERWRITE : OutputMode.REFUSE_EXISTING);
    }
  }

  private static void tell(
      Console console,
      SparkSession spark,
      TrainPlan plan,
      ReplicaPlan replica,
      String featureVersion) {
    console.note(
        "%,d tracks in %d classes, slices: %,d to learn from, %,d to validate, %,d to test;"
                .formatted(
                    plan.tracks().size(),
                    plan.classes().size(),
                    Arrays.stream(plan.sizes(Part.TRAIN)).sum(),
                    Arrays.stream(plan.sizes(Part.VALIDATION)).sum(),
                    Arrays.stream(plan.sizes(Part.TEST)).sum())
            + " features "
            + featureVersion);
    if (plan.slices() != null) {
      console.note(
          "WARNING: split = slice puts slices of one song into training and test; the score says"
              + " how well songs are recognised again, not genres");
    }
    InitialModel initial = replica.initial();
    if (initial != null) {
      console.note(
          "starts from %s%s"
              .formatted(initial.folder(), initial.sameClasses() ? "" : ", with a new last layer"));
    }
    console.note(
        "%s; %d %s"
            .formatted(
                engine(spark, replica.settings().compute().precision()),
                plan.replicas(),
                plan.replicas() == 1 ? "replica" : "replicas"));
  }

  /** As an executor sees it. */
  private static String engine(SparkSession spark, Precision precision) {
    return JavaSparkContext.fromSparkContext(spark.sparkContext())
        .parallelize(List.of(precision), 1)
        .map(Engine::description)
        .first();
  }

  private static TrainingResult train(
      SparkSession spark,
      Console console,
      TrainJobSettings settings,
      Dataset<Row> features,
      TrainPlan plan,
      ReplicaPlan replica,
      String featureVersion) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    JavaRDD<PlannedSlice> shares =
        PlannedSlices.of(features, context.broadcast(plan), plan.replicas(), false)
            .persist(StorageLevel.DISK_ONLY());
    Broadcast<ReplicaPlan> broadcast = context.broadcast(replica);
    int largest = Arrays.stream(plan.sizes(Part.TRAIN)).max().orElseThrow();
    int batchSize = settings.training().batchSize();
    SparkWorkers workers =
        new SparkWorkers(shares, broadcast, replica, (largest + batchSize - 1) / batchSize);
    Trainer trainer =
        new Trainer(
            settings.training(),
            new Checkpoints(replica.storage(), settings.keepCheckpoints()),
            plan.fingerprint(featureVersion),
            new RunListener(console, settings.training()));
    try {
      if (settings.start() == Start.RESUME) {
        Optional<TrainingResult> resumed = trainer.resume(workers, console::note);
        if (resumed.isPresent()) {
          return resumed.get();
        }
        console.note("there is no checkpoint to go on from; training starts anew");
      }
      return trainer.train(workers);
    } catch (IOException e) {
      throw new UserException("training cannot go on: " + e.getMessage(), e);
    } finally {
      workers.release();
    }
  }

  private static FinishTask.Tested finish(
      SparkSession spark, Dataset<Row> features, TrainPlan plan, FinishPlan finish) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    return PlannedSlices.of(features, context.broadcast(plan), 1, true)
        .mapPartitions(new FinishTask(context.broadcast(finish)))
        .first();
  }

  private static Map<String, Object> metrics(
      TrainJobSettings settings, TrainResult result, String engine) {
    Map<String, Object> metrics = new TreeMap<>(result.test().metrics());
    metrics.put("top5", result.test().tracks().topFiveAccuracy());
    metrics.put("macro_f1", result.test().tracks().macroF1());
    metrics.put("kept_epoch", result.training().keptEpoch());
    metrics.put("epochs", result.training().history().size());
    metrics.put("seconds", result.seconds());
    metrics.put("engine", engine);
    metrics.put("split", settings.splitBy().name().toLowerCase(Locale.ROOT));
    metrics.put("settings", settings.training().asMap());
    return metrics;
  }

  private static Map<String, String> paths(Dataset<Row> features, WorstMistakes mistakes) {
    Object[] ids = mistakes.mistakes().stream().map(Mistake::track).toArray();
    Map<String, String> paths = new HashMap<>();
    for (Row row :
        features
            .filter(col("track_id").isin(ids))
            .select("track_id", "path")
            .distinct()
            .collectAsList()) {
      paths.put(row.getString(0), row.getString(1));
    }
    return paths;
  }

  private static Report report(
      TrainJobSettings settings,
      TrainResult result,
      String engine,
      WorstMistakes mistakes,
      Map<String, String> paths) {
    return Report.titled(
            "Training of " + settings.modelId(),
            "%s; %s".formatted(engine, Console.duration(result.seconds())))
        .section("The test part", EvaluationBlocks.of(result.test()))
        .section("Worst mistakes", EvaluationBlocks.mistakes(mistakes, paths))
        .section("Training", TrainingBlocks.of(result.training()));
  }
}
