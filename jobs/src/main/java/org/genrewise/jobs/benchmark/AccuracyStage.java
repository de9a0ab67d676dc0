package org.genrewise.jobs.benchmark;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.genrewise.evaluation.Evaluation;
import org.genrewise.evaluation.EvaluationTally;
import org.genrewise.inference.CompiledNetwork;
import org.genrewise.inference.Labeller;
import org.genrewise.jobs.cli.Eta;
import org.genrewise.network.GraphOptions;
import org.genrewise.network.NetworkSettings;
import org.genrewise.network.Vgg19Bn;
import org.genrewise.picture.Slice;
import org.genrewise.training.EpochResult;
import org.genrewise.training.LocalWorkers;
import org.genrewise.training.Replica;
import org.genrewise.training.Share;
import org.genrewise.training.SliceStore;
import org.genrewise.training.Split;
import org.genrewise.training.StoredPictures;
import org.genrewise.training.Trainer;
import org.genrewise.training.TrainingListener;
import org.genrewise.training.TrainingResult;
import org.genrewise.training.TrainingSettings;
import org.genrewise.training.Vectors;
import org.genrewise.training.checkpoint.Checkpoints;
import org.genrewise.training.checkpoint.LocalStorage;
import org.nd4j.linalg.learning.config.NoOp;

/** Trains networks, each on a split of its own, and tests them on files that they never saw. */
final class AccuracyStage implements Stage {

  /**
   * What was measured.
   *
   * @param chance accuracy of a guess, 0 to 1
   */
  record Found(String width, int inputSize, int epochs, double chance, List<Run> runs) {}

  /**
   * One training and its test.
   *
   * @param seed of the split, the first weights and the order
   * @param seconds that the training took, checkpoints included
   * @param loss of the last epoch as it was learnt, in nats
   * @param sliceAccuracy share of the test's slices, 0 to 1
   * @param trackAccuracy share of the test's files, by the mean probability of their slices
   */
  record Run(
      long seed,
      int trainingTracks,
      int trainingSlices,
      int testTracks,
      long testSlices,
      double seconds,
      double loss,
      double sliceAccuracy,
      double trackAccuracy) {}

  @Override
  public Record run(StageContext context) throws Exception {
    AccuracySettings settings = context.settings().accuracy();
    context.decideDevice();
    PreparedFiles files = context.prepared();
    List<String> classes = files.classes();
    Eta eta = new Eta("epochs", (long) settings.runs() * settings.epochs());
    List<Run> runs = new ArrayList<>();
    try (SliceStore store =
        PreparedSlices.store(
            StageFiles.slices(context.folder()), files, classes, context.folder())) {
      for (int run = 0; run < settings.runs(); run++) {
        TrainingSettings training = settings.training(context.precision(), run);
        long before = (long) run * settings.epochs();
        runs.add(
            new Training(
                    training,
                    training.shape().network(classes.size()),
                    classes,
                    files,
                    files.split(settings.split(run)),
                    store,
                    context.folder().resolve("checkpoints-" + run))
                .run(result -> context.progress(eta.line("training", before + result.epoch()))));
      }
    }
    return new Found(
        settings.width().toString(),
        settings.inputSize(),
        settings.epochs(),
        1.0 / classes.size(),
        runs);
  }

  /** Hears that an epoch has ended. */
  private interface EpochListener extends TrainingListener {
    @Override
    void epochEnded(EpochResult result);
  }

  /** One training and its test. */
  private record Training(
      TrainingSettings settings,
      NetworkSettings network,
      List<String> classes,
      PreparedFiles files,
      Split split,
      SliceStore store,
      Path checkpoints) {

    Run run(EpochListener listener) throws IOException {
      LocalStorage storage = new LocalStorage(checkpoints);
      StoredPictures learnt = pictures(Split.Part.TRAIN);
      long begin = System.nanoTime();
      TrainingResult result = train(storage, learnt, listener);
      double seconds = (System.nanoTime() - begin) / 1e9;
      Evaluation test = test(storage, result.keptFolder());
      return new Run(
          settings.seed(),
          split.tracks(Split.Part.TRAIN).size(),
          learnt.size(),
          split.tracks(Split.Part.TEST).size(),
          test.slices().samples(),
          seconds,
          result.kept().trainingLoss(),
          test.slices().accuracy(),
          test.tracks().accuracy());
    }

    private TrainingResult train(
        LocalStorage storage, StoredPictures learnt, TrainingListener listener) throws IOException {
      Share share = new Share(0, learnt, pictures(Split.Part.VALIDATION));
      float[] weights = ClassCounts.weights(settings, learnt, classes.size());
      try (Replica replica =
          new Replica(settings, network, share, weights, TrainingListener.NONE)) {
        return new Trainer(settings, new Checkpoints(storage, 1), "benchmark", listener)
            .train(new LocalWorkers(replica, replica.batches(), storage));
      }
    }

    private StoredPictures pictures(Split.Part part) {
      Set<Integer> tracks = new HashSet<>(files.numbers(split, part));
      int[] slices =
          IntStream.range(0, store.size())
              .filter(slice -> tracks.contains(store.track(slice)))
              .toArray();
      return new StoredPictures(store, slices, network.pictureRenderer());
    }

    private Evaluation test(LocalStorage storage, String checkpoint) throws IOException {
      ComputationGraph graph = Vgg19Bn.create(network, GraphOptions.DEFAULT, new NoOp(), 0);
      Labeller labeller;
      try {
        Vectors.readParameters(graph.params(), storage, checkpoint);
        labeller =
            new Labeller(
                CompiledNetwork.of(graph, network, settings.compute().precision()), classes);
      } finally {
        graph.close();
      }
      EvaluationTally tally = new EvaluationTally(classes);
      for (int track : files.numbers(split, Split.Part.TEST)) {
        int label = classes.indexOf(files.tracks().get(track).label().orElseThrow());
        tally.add(label, labeller.probabilities(slices(track)));
      }
      return tally.evaluation();
    }

    private List<Slice> slices(int track) throws IOException {
      List<Slice> slices = new ArrayList<>();
      for (int i = 0; i < store.size(); i++) {
        if (store.track(i) == track) {
          // the network sees indices alone, so the levels are not needed here
          slices.add(
              new Slice(
                  slices.size(), 0, store.bins(i), store.frames(i), store.indices(i), 0, 0, false));
        }
      }
      return slices;
    }
  }
}
