package org.genrewise.training;

import java.io.IOException;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.genrewise.device.GpuMonitor;
import org.genrewise.device.ProcessDevice;
import org.genrewise.network.NetworkSettings;
import org.genrewise.network.Precision;
import org.genrewise.network.TrainingNetwork;
import org.genrewise.training.augmentation.Augmentation;
import org.genrewise.training.augmentation.AugmentationSettings;
import org.genrewise.training.checkpoint.CheckpointStorage;
import org.genrewise.training.optimiser.LearningRate;
import org.genrewise.training.optimiser.TrainingDivergedException;

/**
 * One network that learns from its share of the pictures, round by round. It knows no other
 * replica: what it starts from and what becomes of its parameters is decided between rounds.
 *
 * <p>For one thread at a time. Beside the network's own memory it holds the optimiser's state: one
 * copy of the parameters for SGD, two for AdamW, and one more where batches are cut.
 */
public final class Replica implements AutoCloseable {
  private final TrainingSettings settings;
  private final Share share;
  private final float[] classWeights;
  private final TrainingListener listener;
  private final TrainingNetwork network;
  private final TrainingStep step;
  private final BatchDrawer training;
  private final BatchDrawer validation;
  private final LearningRate learningRate;
  private final GpuMonitor gpu = ProcessDevice.monitor();
  private final Pace pace = new Pace();

  /**
   * @param shape of the network
   * @param classWeights how much a picture of each class weighs, of all replicas' pictures
   * @param listener is told of every step
   */
  public Replica(
      TrainingSettings settings,
      NetworkSettings shape,
      Share share,
      float[] classWeights,
      TrainingListener listener) {
    this.settings = settings;
    this.share = share;
    this.classWeights = classWeights.clone();
    this.listener = listener;
    this.network = new TrainingNetwork(shape, settings.graphOptions(), settings.seed());
    this.step = new TrainingStep(network, settings, listener);
    int values = shape.inputSize() * shape.inputSize() * NetworkSettings.CHANNELS_IN;
    long seed = settings.seed() + 31L * share.number();
    this.training =
        new BatchDrawer(
            share.training(),
            values,
            settings.batchSize(),
            classWeights,
            settings.loss().labelSmoothing(),
            new Augmentation(settings.augmentation(), seed));
    this.validation =
        new BatchDrawer(
            share.validation(),
            values,
            settings.batchSize(),
            classWeights,
            0,
            new Augmentation(AugmentationSettings.OFF, seed));
    this.learningRate = new LearningRate(settings.schedule(), settings.epochs());
  }

  /** The network as it is. */
  public TrainingNetwork network() {
    return network;
  }

  /** Its parameters and the optimiser's state, as views. */
  public Vectors vectors() {
    return step.vectors();
  }

  /** Batches of an epoch of its share. */
  public int batches() {
    return training.batches();
  }

  /** Takes parameters and the optimiser's state from a checkpoint. */
  public void load(CheckpointStorage storage, String folder) throws IOException {
    vectors().read(storage, folder);
  }

  /**
   * Learns some batches.
   *
   * @throws TrainingDivergedException if a loss is infinite or not a number, in FLOAT32, or
   *     gradients stay so whatever the loss scale
   * @throws IOException if a picture cannot be read, or the thread is interrupted
   */
  public RoundResult learn(Round round) throws IOException {
    step.scaler().restore(round.lossScale());
    step.microBatch(microBatch(round.microBatch()));
    pace.begin();
    int batches = training.batches();
    int begin = Math.min(round.begin(), batches);
    int end = Math.min(round.end(), batches);
    int[] order = shuffled(share.training().size(), round.epoch());
    long before = (long) share.training().size() * begin / batches;
    Totals totals = Totals.NONE;
    long steps = round.steps();
    double rate = rate(round, begin);
    try (BatchLoader loader = new BatchLoader(training, order, round.epoch(), begin, end)) {
      for (int number = begin; loader.hasNext(); number++) {
        Batch batch = loader.next();
        rate = rate(round, number);
        Totals learnt = step.learn(batch, draw(round.epoch(), number), rate, steps + 1);
        requireFinite(learnt, round.epoch(), "step " + (number + 1), rate);
        steps += learnt.skipped() == 0 ? 1 : 0;
        totals = totals.plus(learnt);
        pace.add(batch.count());
        listener.stepEnded(progress(round, totals, before, rate));
      }
    }
    return new RoundResult(
        totals,
        steps,
        step.microBatch().size(),
        step.scaler().state(),
        rate,
        Memory.used(),
        gpu.take(),
        List.of(ProcessDevice.device().text()));
  }

  /** Looks at the validation pictures in evaluation mode. */
  public Totals validate() throws IOException {
    Totals totals = Totals.NONE;
    int[] order = IntStream.range(0, share.validation().size()).toArray();
    try (BatchLoader loader = new BatchLoader(validation, order, 0, 0, validation.batches())) {
      while (loader.hasNext()) {
        Batch batch = loader.next();
        for (int from = 0; from < batch.count(); from += step.microBatch().size()) {
          Batch part = batch.part(from, Math.min(batch.count(), from + step.microBatch().size()));
          double[][] probabilities = network.probabilities(part.pictures(), part.count());
          for (int i = 0; i < part.count(); i++) {
            totals = totals.plus(Totals.of(probabilities[i], part.labels()[i], classWeights));
          }
        }
      }
    }
    return totals;
  }

  private MicroBatch microBatch(int asked) {
    int size = asked > 0 ? asked : settings.compute().microBatch();
    return size > 0
        ? new MicroBatch(size)
        : MicroBatch.measured(
            Math.min(settings.batchSize(), share.training().size()),
            network::probe,
            Memory::usedByNetworks,
            Memory::freeForNetworks);
  }

  private double rate(Round round, int batch) {
    double epochsDone = round.epoch() - 1 + (double) batch / training.batches();
    return learningRate.at(epochsDone, round.learningRate());
  }

  /** Another number for each replica, epoch and batch, with room for the micro-batches. */
  private long draw(int epoch, int batch) {
    long place = ((long) epoch * training.batches() + batch) * settings.rounds().replicas();
    return new SplittableRandom(place + share.number()).nextLong(Integer.MAX_VALUE / 2);
  }

  private void requireFinite(Totals learnt, int epoch, String where, double rate) {
    if (settings.compute().precision() == Precision.FLOAT32 && !Double.isFinite(learnt.loss())) {
      throw new TrainingDivergedException(epoch, where, learnt.meanLoss(), rate);
    }
  }

  private TrainingProgress progress(Round round, Totals totals, long before, double rate) {
    long done = before + totals.pictures();
    long size = share.training().size();
    double left = (double) (settings.epochs() - round.epoch() + 1) * size - done;
    return new TrainingProgress(
        round.epoch(),
        settings.epochs(),
        done,
        size,
        totals.meanLoss(),
        rate,
        step.scaler().scale(),
        totals.skipped(),
        Memory.used(),
        gpu.latest(),
        pace.picturesPerSecond(),
        pace.secondsFor(left));
  }

  /** An order that depends on the seed, the replica and the epoch alone. */
  private int[] shuffled(int size, int epoch) {
    int[] order = IntStream.range(0, size).toArray();
    SplittableRandom random =
        new SplittableRandom(31 * (31 * settings.seed() + share.number()) + epoch);
    for (int i = size - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swapped = order[i];
      order[i] = order[j];
      order[j] = swapped;
    }
    return order;
  }

  @Override
  public void close() {
    step.close();
    network.close();
  }
}
