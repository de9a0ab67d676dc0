package org.genrewise.jobs.train;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.genrewise.bundle.BundleInfo;
import org.genrewise.bundle.ModelBundle;
import org.genrewise.bundle.Provenance;
import org.genrewise.evaluation.EvaluationTally;
import org.genrewise.extraction.FeatureSettings;
import org.genrewise.inference.CompiledNetwork;
import org.genrewise.inference.Labeller;
import org.genrewise.jobs.cli.Console;
import org.genrewise.jobs.cli.Version;
import org.genrewise.jobs.extract.FeatureTable;
import org.genrewise.jobs.model.Engine;
import org.genrewise.jobs.spark.Storage;
import org.genrewise.jobs.spark.TemporaryFolder;
import org.genrewise.jobs.train.TrainPlan.PlannedTrack;
import org.genrewise.picture.PictureRenderer;
import org.genrewise.picture.Slice;
import org.genrewise.training.LabelledPictures;
import org.genrewise.training.ProgressLine;
import org.genrewise.training.SliceStore;
import org.genrewise.training.Split.Part;
import org.genrewise.training.StoredPictures;
import org.genrewise.training.Track;
import org.genrewise.training.Trainer;
import org.genrewise.training.TrainingResult;

/**
 * Trains on one executor: spools the slices that arrive from Parquet into a local file, learns from
 * them in any order, tests, and writes the bundle.
 */
final class TrainTask implements FlatMapFunction<Iterator<Row>, TrainOutcome> {
  private static final Duration PROGRESS_INTERVAL = Duration.ofSeconds(5);

  private final Broadcast<TrainPlan> broadcast;
  private final String bundleLocation;

  TrainTask(Broadcast<TrainPlan> plan, String bundleLocation) {
    this.broadcast = plan;
    this.bundleLocation = bundleLocation;
  }

  @Override
  public Iterator<TrainOutcome> call(Iterator<Row> rows) throws IOException {
    TrainPlan plan = broadcast.value();
    Console console = Console.standard();
    try (TemporaryFolder scratch = TemporaryFolder.create("genrewise-train");
        SliceStore store = spool(rows, plan, scratch.path())) {
      PictureRenderer renderer = new PictureRenderer(plan.training().inputSize());
      Map<Part, LabelledPictures> parts = parts(store, plan, renderer);
      console.note(
          "%s; %,d slices to learn from, %,d to validate"
              .formatted(
                  Engine.description(plan.training().precision()),
                  parts.get(Part.TRAIN).size(),
                  parts.get(Part.VALIDATION).size()));
      Trainer trainer =
          new Trainer(plan.training(), new ProgressLine(console::note, PROGRESS_INTERVAL));
      ComputationGraph network = trainer.newNetwork(plan.classes().size(), parts.get(Part.TRAIN));
      try {
        TrainingResult training =
            trainer.train(network, parts.get(Part.TRAIN), parts.get(Part.VALIDATION));
        EvaluationTally test = test(store, plan, network);
        save(network, plan, test, scratch.path());
        return List.of(
                new TrainOutcome(training, test, Engine.description(plan.training().precision())))
            .iterator();
      } finally {
        network.close();
      }
    }
  }

  private static SliceStore spool(Iterator<Row> rows, TrainPlan plan, Path scratch)
      throws IOException {
    try (SliceStore.Writer writer = SliceStore.create(scratch)) {
      while (rows.hasNext()) {
        Row row = rows.next();
        PlannedTrack track = plan.tracks().get(row.<String>getAs("track_id"));
        Slice slice = FeatureTable.slice(row);
        writer.append(track.number(), track.label(), slice.bins(), slice.frames(), slice.indices());
      }
      return writer.finish();
    }
  }

  private static Map<Part, LabelledPictures> parts(
      SliceStore store, TrainPlan plan, PictureRenderer renderer) {
    Part[] partOfTrack = partOfTrack(plan);
    Map<Part, LabelledPictures> parts = new HashMap<>();
    for (Part part : Part.values()) {
      int[] slices =
          IntStream.range(0, store.size())
              .filter(slice -> partOfTrack[store.track(slice)] == part)
              .toArray();
      parts.put(part, new StoredPictures(store, slices, renderer));
    }
    return parts;
  }

  private static Part[] partOfTrack(TrainPlan plan) {
    Part[] parts = new Part[plan.tracks().size()];
    plan.tracks().values().forEach(track -> parts[track.number()] = track.part());
    return parts;
  }

  /** Slices of one track stand side by side in the store, because the rows came in that order. */
  private static EvaluationTally test(SliceStore store, TrainPlan plan, ComputationGraph network)
      throws IOException {
    Part[] partOfTrack = partOfTrack(plan);
    EvaluationTally tally = new EvaluationTally(plan.classes());
    Labeller labeller =
        new Labeller(
            CompiledNetwork.of(network, plan.training().network(plan.classes().size())),
            plan.classes());
    int slice = 0;
    while (slice < store.size()) {
      int track = store.track(slice);
      int label = store.label(slice);
      List<Slice> slices = new ArrayList<>();
      for (; slice < store.size() && store.track(slice) == track; slice++) {
        if (partOfTrack[track] == Part.TEST) {
          slices.add(stored(store, slice, slices.size()));
        }
      }
      if (!slices.isEmpty()) {
        tally.add(label, labeller.probabilities(slices));
      }
    }
    return tally;
  }

  private static Slice stored(SliceStore store, int slice, int index) throws IOException {
    // The network sees indices alone, so what the store does not keep is not needed here.
    return new Slice(
        index, 0, store.bins(slice), store.frames(slice), store.indices(slice), 0, 0, false);
  }

  private void save(ComputationGraph network, TrainPlan plan, EvaluationTally test, Path scratch)
      throws IOException {
    List<Track> learnt =
        plan.tracks().entrySet().stream()
            .filter(entry -> entry.getValue().part() == Part.TRAIN)
            .map(entry -> new Track(entry.getKey(), plan.classes().get(entry.getValue().label())))
            .toList();
    BundleInfo info =
        new BundleInfo(
            plan.modelId(),
            plan.classes(),
            plan.training().network(plan.classes().size()),
            FeatureSettings.parse(plan.featureVersion()),
            plan.training().precision(),
            test.evaluation().metrics(),
            Provenance.ofTraining(plan.training(), learnt, Version.text()));
    Path local = scratch.resolve("model");
    ModelBundle.save(local, info, network);
    new Storage(new Configuration()).moveToStorage(local, bundleLocation);
  }
}
