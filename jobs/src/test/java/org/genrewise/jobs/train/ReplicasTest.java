package org.genrewise.jobs.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.ConfigFactory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;
import org.genrewise.bundle.ModelBundle;
import org.genrewise.device.Device;
import org.genrewise.jobs.cli.Console;
import org.genrewise.jobs.cli.UserException;
import org.genrewise.jobs.extract.FeatureTable;
import org.genrewise.jobs.model.LoadedModel;
import org.genrewise.jobs.settings.Settings;
import org.genrewise.jobs.testing.LocalSpark;
import org.genrewise.network.GraphOptions;
import org.genrewise.network.ParameterTable;
import org.genrewise.network.Precision;
import org.genrewise.network.TrainingNetwork;
import org.genrewise.picture.PictureRenderer;
import org.genrewise.training.LocalWorkers;
import org.genrewise.training.Replica;
import org.genrewise.training.Round;
import org.genrewise.training.RoundResult;
import org.genrewise.training.Share;
import org.genrewise.training.SliceStore;
import org.genrewise.training.SliceTransform;
import org.genrewise.training.Split;
import org.genrewise.training.Split.Part;
import org.genrewise.training.SplitSettings;
import org.genrewise.training.StoredPictures;
import org.genrewise.training.Track;
import org.genrewise.training.TrainingListener;
import org.genrewise.training.TrainingSettings;
import org.genrewise.training.Workers;
import org.genrewise.training.checkpoint.Checkpoints;
import org.genrewise.training.checkpoint.LocalStorage;
import org.genrewise.training.optimiser.LearningRate;
import org.genrewise.training.optimiser.LossScaler;
import org.genrewise.weights.SafetensorsFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Replicas on Spark against the same arithmetic without it. */
class ReplicasTest {
  private static final int CLASSES = 3;

  @TempDir private static Path folder;
  private static SparkSession spark;
  private static String location;
  private static Dataset<Row> features;

  @BeforeAll
  static void write() {
    spark = LocalSpark.session();
    location = folder.resolve("features").toString();
    SyntheticFeatures.write(spark, location, 36);
    features = FeatureTable.read(spark, location);
  }

  @Test
  void oneReplicaLearnsTheSameAsWithoutSpark() throws IOException {
    TrainingSettings settings = training("epochs=2", "round-steps=2", "momentum=0.9");
    TrainPlan plan = plan(1);
    try (Cluster cluster = new Cluster(settings, plan, "with");
        SliceStore store = spool(cluster.shares.collect());
        Replica replica = replica(settings, plan, store, cluster.shares.collect(), 0)) {
      LocalWorkers local =
          new LocalWorkers(replica, 5, new LocalStorage(folder.resolve("without")));
      Checkpoints checkpoints = new Checkpoints(new LocalStorage(folder.resolve("without")), 5);
      String base = "";
      for (int begin = 0; begin < 4; begin += 2) {
        Round round = round(base, begin, begin + 2);
        LocalWorkers.Finished finished = local.learn(round);
        checkpoints.commit(round.target(), Map.of(), finished.chunks());
        assertEquals(finished.result().totals(), cluster.learn(round).totals());
        base = round.target();
        assertArrayEquals(vector("without", base), vector("with", base));
      }
      assertEquals(replica.validate(), cluster.workers.validate(base));
    }
  }

  @Test
  void aReplicaThatIsLostCostsARoundAndChangesNothing() throws IOException {
    TrainingSettings settings = training("momentum=0.9");
    TrainPlan plan = plan(2);
    try (Cluster undisturbed = new Cluster(settings, plan, "undisturbed");
        Cluster disturbed = new Cluster(settings, plan, "disturbed")) {
      Round first = round("", 0, 1);
      for (Cluster cluster : List.of(undisturbed, disturbed)) {
        cluster.learn(first);
      }
      HeldReplica.release(disturbed.plan.run(), 1);
      Round second = round(first.target(), 1, 2);
      undisturbed.learn(second);
      disturbed.learn(second);
      assertArrayEquals(
          vector("undisturbed", second.target()), vector("disturbed", second.target()));
    }
  }

  /** Plain SGD: each goes its way by its own gradient, and they meet in the middle. */
  @Test
  void twoReplicasAveragedAfterAStepTakeTheStepOfTheMeanGradient() throws IOException {
    TrainingSettings settings = training("batch-size=64", "momentum=0", "learning-rate=0.01");
    TrainPlan plan = plan(2);
    try (Cluster cluster = new Cluster(settings, plan, "averaged")) {
      cluster.learn(round("", 0, 1));
      float[] averaged = vector("averaged", round("", 0, 1).target());

      List<float[]> gradients = new ArrayList<>();
      float[] begin = null;
      List<List<PlannedSlice>> shares = cluster.shares.glom().collect();
      for (List<PlannedSlice> share : shares) {
        try (TrainingNetwork network =
            new TrainingNetwork(
                settings.shape().network(CLASSES), GraphOptions.DEFAULT, settings.seed())) {
          begin = network.parameters().toFloatVector();
          backward(network, share);
          gradients.add(network.gradient().toFloatVector());
        }
      }
      assertEquals(learnt(shares.get(0)), learnt(shares.get(1)), "shares of equal weight");
      for (ParameterTable.Entry entry :
          ParameterTable.of(settings.shape().network(CLASSES)).entries()) {
        double rate = entry.kind() == ParameterTable.Kind.STATISTIC ? 1 : 0.01;
        for (int i = (int) entry.offset(); i < entry.offset() + entry.length(); i++) {
          double step = rate * (gradients.get(0)[i] + gradients.get(1)[i]) / 2;
          assertEquals(begin[i] - step, averaged[i], 1e-4 * Math.max(1, Math.abs(step)));
        }
      }
    }
  }

  @Test
  void aRunThatEndedGoesOnWithResumeAndKeepsItsHistory() throws IOException {
    String output = folder.resolve("resumed").toString();
    TrainResult first = run(output, TrainJobSettings.Start.REFUSE_EXISTING, "epochs=2");
    assertEquals(2, first.training().history().size());
    assertThrows(
        UserException.class, () -> run(output, TrainJobSettings.Start.REFUSE_EXISTING, "epochs=2"));
    TrainResult longer = run(output, TrainJobSettings.Start.RESUME, "epochs=3");
    assertEquals(first.training().history(), longer.training().history().subList(0, 2));
    assertEquals(4, Files.readAllLines(Path.of(output, "history.csv")).size());
  }

  @Test
  void fineTuningStartsFromAnotherModel() throws IOException {
    String whole = folder.resolve("whole").toString();
    run(whole, TrainJobSettings.Start.REFUSE_EXISTING, "epochs=2");
    String tuned = folder.resolve("tuned").toString();
    run(
        tuned,
        TrainJobSettings.Start.REFUSE_EXISTING,
        "epochs=2",
        "mode=fine-tune",
        "initial-model=" + whole);
    assertTrue(Files.exists(Path.of(tuned, "model/bundle.json")));
    String others = folder.resolve("others").toString();
    SyntheticFeatures.write(spark, others, 24, 2);
    String probe = folder.resolve("probe").toString();
    TrainResult probed =
        TrainJob.run(
            spark,
            Console.to(new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8)),
            TrainOptions.job(
                settings("epochs=2", "mode=linear-probe", "initial-model=" + whole),
                others,
                probe,
                TrainJobSettings.Start.REFUSE_EXISTING,
                Device.Kind.CPU));
    assertEquals(List.of("low", "middle"), probed.test().tracks().classes());
    assertArrayEquals(convolutions(whole), convolutions(probe));
    UserException missing =
        assertThrows(
            UserException.class,
            () ->
                run(
                    folder.resolve("none").toString(),
                    TrainJobSettings.Start.REFUSE_EXISTING,
                    "mode=fine-tune"));
    assertTrue(missing.getMessage().contains("initial-model"), missing.getMessage());
  }

  @Test
  void statisticsOfTheInitialModelFollowOrStayAsAskedFor() throws IOException {
    String whole = folder.resolve("initial").toString();
    run(whole, TrainJobSettings.Start.REFUSE_EXISTING, "epochs=1");
    String tuned = folder.resolve("constant").toString();
    run(
        tuned,
        TrainJobSettings.Start.REFUSE_EXISTING,
        "epochs=1",
        "mode=fine-tune",
        "features-batch-norm=evaluation",
        "initial-model=" + whole);
    String probe = folder.resolve("following").toString();
    run(
        probe,
        TrainJobSettings.Start.REFUSE_EXISTING,
        "epochs=1",
        "mode=linear-probe",
        "features-batch-norm=training",
        "replicas=2",
        "initial-model=" + whole);
    Predicate<String> statistic = name -> name.contains("running");
    assertArrayEquals(convolutions(whole, statistic), convolutions(tuned, statistic));
    assertFalse(same(whole, tuned, statistic.negate()));
    assertArrayEquals(
        convolutions(whole, statistic.negate()), convolutions(probe, statistic.negate()));
    assertFalse(same(whole, probe, statistic));
    assertEquals(
        "training",
        ConfigFactory.parseFile(Path.of(probe, "settings.json").toFile())
            .getString("features-batch-norm"));
  }

  private static boolean same(String run, String other, Predicate<String> names)
      throws IOException {
    return Arrays.equals(convolutions(run, names), convolutions(other, names));
  }

  @Test
  void aModelTrainedInFloat16SaysInWhichPrecisionItLabels() {
    TrainResult trained =
        run(
            folder.resolve("half").toString(),
            TrainJobSettings.Start.REFUSE_EXISTING,
            "epochs=1",
            "precision=float16");
    LoadedModel model =
        LoadedModel.load(trained.model(), spark.sparkContext().hadoopConfiguration());
    assertEquals(Precision.FLOAT16, model.info().precision());
    assertEquals(Precision.FLOAT32, model.precision(), "a CPU labels in 32-bit floats");
  }

  @Test
  void aSplitBySliceWarnsThatSongsLeak() {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    TrainJob.run(
        spark,
        Console.to(new PrintStream(said, true, StandardCharsets.UTF_8)),
        job(
            folder.resolve("leaky").toString(),
            TrainJobSettings.Start.REFUSE_EXISTING,
            "epochs=1",
            "split=slice"));
    assertTrue(said.toString(StandardCharsets.UTF_8).contains("warning: split = slice"));
  }

  /** All values of the convolutions and their batch norm, running statistics too. */
  private static float[] convolutions(String run) throws IOException {
    return convolutions(run, name -> true);
  }

  private static float[] convolutions(String run, Predicate<String> names) throws IOException {
    List<float[]> all = new ArrayList<>();
    try (SafetensorsFile weights =
        SafetensorsFile.open(Path.of(run, "model", ModelBundle.WEIGHTS))) {
      for (String name : weights.tensors().keySet()) {
        if (name.startsWith("features.") && names.test(name)) {
          all.add(weights.floats(name));
        }
      }
    }
    float[] values = new float[all.stream().mapToInt(part -> part.length).sum()];
    int at = 0;
    for (float[] part : all) {
      System.arraycopy(part, 0, values, at, part.length);
      at += part.length;
    }
    return values;
  }

  private static TrainResult run(
      String output, TrainJobSettings.Start start, String... assignments) {
    return TrainJob.run(
        spark,
        Console.to(new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8)),
        job(output, start, assignments));
  }

  private static TrainJobSettings job(
      String output, TrainJobSettings.Start start, String... assignments) {
    return TrainOptions.job(settings(assignments), location, output, start, Device.Kind.CPU);
  }

  private static Settings settings(String... assignments) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "width=1/16",
                "input-size=32",
                "batch-size=5",
                "learning-rate-schedule=constant",
                "dropout=0",
                "class-weighting=none",
                "seed=3"));
    all.addAll(List.of(assignments));
    return TrainOptions.SCHEMA.resolve(Optional.empty(), all);
  }

  private static TrainingSettings training(String... assignments) {
    return TrainOptions.training(settings(assignments), Device.Kind.CPU);
  }

  /** 36 tracks of two slices; every label has as many in each share. */
  private static TrainPlan plan(int replicas) {
    List<Track> tracks = new ArrayList<>();
    Map<String, Integer> counts = new HashMap<>();
    for (Row row : features.select("track_id", "label").distinct().collectAsList()) {
      tracks.add(new Track(row.getString(0), row.getString(1)));
      counts.put(row.getString(0), 2);
    }
    Split split = Split.of(tracks, new SplitSettings(0.15, 0.15, 3));
    return TrainPlan.of(split, counts, null, replicas);
  }

  private static Round round(String base, int begin, int end) {
    return new Round(
        1,
        begin,
        end,
        base,
        Checkpoints.folder(1, end),
        begin,
        0,
        LossScaler.off().state(),
        LearningRate.start());
  }

  private static void backward(TrainingNetwork network, List<PlannedSlice> share)
      throws IOException {
    try (SliceStore store = spool(share)) {
      StoredPictures pictures = pictures(store, share, Part.TRAIN);
      int values = 32 * 32 * 3;
      float[] drawn = new float[pictures.size() * values];
      float[] targets = new float[pictures.size() * CLASSES];
      for (int i = 0; i < pictures.size(); i++) {
        pictures.draw(i, SliceTransform.NONE, drawn, i * values);
        targets[i * CLASSES + pictures.label(i)] = 1;
      }
      network.backward(drawn, pictures.size(), targets, 1, 0);
    }
  }

  private static long learnt(List<PlannedSlice> share) {
    return share.stream().filter(slice -> slice.part() == Part.TRAIN).count();
  }

  private static Replica replica(
      TrainingSettings settings,
      TrainPlan plan,
      SliceStore store,
      List<PlannedSlice> share,
      int number) {
    return new Replica(
        settings,
        settings.shape().network(CLASSES),
        new Share(
            number, pictures(store, share, Part.TRAIN), pictures(store, share, Part.VALIDATION)),
        settings.loss().classWeighting().weights(plan.classCounts()),
        TrainingListener.NONE);
  }

  private static StoredPictures pictures(SliceStore store, List<PlannedSlice> share, Part part) {
    int[] slices = new int[share.size()];
    int count = 0;
    for (int i = 0; i < share.size(); i++) {
      if (share.get(i).part() == part) {
        slices[count++] = i;
      }
    }
    return new StoredPictures(store, Arrays.copyOf(slices, count), new PictureRenderer(32));
  }

  private static SliceStore spool(List<PlannedSlice> share) throws IOException {
    try (SliceStore.Writer writer = SliceStore.create(folder)) {
      for (PlannedSlice slice : share) {
        writer.append(slice.track(), slice.label(), slice.bins(), slice.frames(), slice.indices());
      }
      return writer.finish();
    }
  }

  private static float[] vector(String run, String round) throws IOException {
    byte[] bytes =
        Files.readAllBytes(folder.resolve(run).resolve(round).resolve("vector-00000.bin"));
    float[] values = new float[bytes.length / 4];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
    return values;
  }

  /** Replicas of a plan on the test's Spark. */
  private static final class Cluster implements AutoCloseable {
    final JavaRDD<PlannedSlice> shares;
    final ReplicaPlan plan;
    final SparkWorkers workers;
    private final Checkpoints checkpoints;

    Cluster(TrainingSettings settings, TrainPlan tracks, String name) {
      JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
      LocalStorage storage = new LocalStorage(folder.resolve(name));
      checkpoints = new Checkpoints(storage, 5);
      shares =
          PlannedSlices.of(features, context.broadcast(tracks), tracks.replicas(), false).cache();
      plan =
          new ReplicaPlan(
              name,
              settings,
              CLASSES,
              settings.loss().classWeighting().weights(tracks.classCounts()),
              null,
              storage,
              new SerializableConfiguration(spark.sparkContext().hadoopConfiguration()));
      Broadcast<ReplicaPlan> broadcast = context.broadcast(plan);
      workers = new SparkWorkers(shares, broadcast, plan, 5);
    }

    RoundResult learn(Round round) throws IOException {
      Workers.Finished finished = workers.learn(round);
      checkpoints.commit(round.target(), Map.of(), finished.chunks());
      return finished.result();
    }

    @Override
    public void close() {
      workers.release();
    }
  }
}
