package org.genrewise.jobs.train;

import static org.apache.spark.sql.functions.col;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.util.SerializableConfiguration;
import org.genrewise.bundle.Provenance;
import org.genrewise.jobs.cli.Console;
import org.genrewise.jobs.cli.Eta;
import org.genrewise.jobs.cli.UserException;
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
import org.genrewise.training.Split;
import org.genrewise.training.Split.Part;
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
    Split split = Split.of(TrainTracks.labelled(spark, console, settings), settings.split());
    TrainPlan plan = TrainTracks.plan(features, split, settings);
    TrainTracks.requireParts(plan, settings);
    ReplicaPlan replica = replicaPlan(spark, settings, plan, featureVersion);
    prepareOutput(storage, settings);
    tell(console, spark, plan, replica, featureVersion);
    if (settings.splitBy() == SplitBy.GROUP) {
      SplitTable.write(spark, split, settings.output() + "/split");
    }
    storage.writeText(settings.output() + "/settings.json", Json.of(settings.training().asMap()));

    RunListener listener = new RunListener(console, settings.training());
    TrainingResult training =
        train(spark, console, listener, settings, features, plan, replica, featureVersion);
    String model = settings.output() + "/model";
    storage.delete(model);
    FinishPlan finish =
        new FinishPlan(
            replica,
            listener.devices(),
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
            model,
            training,
            test.tally().evaluation(),
            split.tracks(Part.TEST),
            listener.gpu(),
            clock.seconds());
    String engine = Engine.description(spark, settings.training().compute().precision());
    storage.writeText(settings.output() + "/history.csv", TrainingBlocks.csv(training));
    storage.writeText(
        settings.output() + "/metrics.json",
        Json.of(TrainReport.metrics(settings, result, engine)));
    storage.writeText(
        settings.output() + "/report.html",
        TrainReport.report(settings, result, engine, test.mistakes(), features).html());
    return result;
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
                    BundleFiles.read(
                        folder,
                        configuration.value(),
                        bundle ->
                            InitialModel.of(
                                folder, bundle, plan.classes(), featureVersion, configuration)))
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
      console.warn(
          "split = slice puts slices of one song into training and test; the score says"
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
                Engine.description(spark, replica.settings().compute().precision()),
                plan.replicas(),
                plan.replicas() == 1 ? "replica" : "replicas"));
  }

  private static TrainingResult train(
      SparkSession spark,
      Console console,
      RunListener listener,
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
            listener);
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
}
