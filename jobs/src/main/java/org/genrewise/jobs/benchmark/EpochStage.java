package org.genrewise.jobs.benchmark;

import java.time.Duration;
import java.util.List;
import org.genrewise.network.NetworkSettings;
import org.genrewise.training.ProgressLine;
import org.genrewise.training.Replica;
import org.genrewise.training.Round;
import org.genrewise.training.RoundResult;
import org.genrewise.training.Share;
import org.genrewise.training.SliceStore;
import org.genrewise.training.StoredPictures;
import org.genrewise.training.TrainingSettings;
import org.genrewise.training.optimiser.LearningRate;
import org.genrewise.training.optimiser.LossScaler;

/** One epoch of training on the slices of the files, from random weights, without validation. */
final class EpochStage implements Stage {
  private static final Duration INTERVAL = Duration.ofSeconds(2);

  /**
   * What was measured, and how.
   *
   * @param slices that were learnt
   * @param slicesOfAll files that have a label
   * @param batch slices in a step
   * @param steps applied
   * @param skippedSteps in which a gradient was not finite
   * @param seconds the first step's preparations included
   * @param loss mean over the epoch, in nats, with class weights
   */
  record Found(
      String width,
      int inputSize,
      int slices,
      int slicesOfAll,
      int batch,
      long steps,
      int skippedSteps,
      double seconds,
      double slicesPerSecond,
      double loss) {}

  @Override
  public Record run(StageContext context) throws Exception {
    FilesSettings settings = context.settings();
    context.decideDevice();
    PreparedFiles files = context.prepared();
    List<String> classes = files.classes();
    TrainingSettings training = settings.epoch(context.precision());
    NetworkSettings network = training.shape().network(classes.size());
    try (SliceStore store =
        PreparedSlices.store(
            StageFiles.slices(context.folder()), files, classes, context.folder())) {
      int most = settings.epochSlices() == 0 ? store.size() : settings.epochSlices();
      int[] slices = Spread.over(store.size(), most).stream().mapToInt(Integer::intValue).toArray();
      StoredPictures pictures = new StoredPictures(store, slices, network.pictureRenderer());
      try (Replica replica =
          new Replica(
              training,
              network,
              new Share(0, pictures, pictures),
              ClassCounts.weights(training, pictures, classes.size()),
              new ProgressLine(context::progress, INTERVAL))) {
        return learn(replica, training, pictures.size(), store.size());
      }
    }
  }

  private static Found learn(Replica replica, TrainingSettings training, int slices, int all)
      throws Exception {
    Round epoch =
        new Round(
            1,
            0,
            replica.batches(),
            "",
            "",
            0,
            0,
            new LossScaler(training.lossScale()).state(),
            LearningRate.start());
    long begin = System.nanoTime();
    RoundResult result = replica.learn(epoch);
    double seconds = (System.nanoTime() - begin) / 1e9;
    return new Found(
        training.shape().width().toString(),
        training.shape().inputSize(),
        slices,
        all,
        training.batchSize(),
        result.steps(),
        result.totals().skipped(),
        seconds,
        slices / seconds,
        result.totals().meanLoss());
  }
}
