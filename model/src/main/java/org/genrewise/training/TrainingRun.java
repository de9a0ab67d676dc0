package org.genrewise.training;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.genrewise.training.BatchLoader.Batch;

/** One training, from the first epoch to the last. */
final class TrainingRun {
  private final TrainingSettings settings;
  private final List<TrainingListener> listeners;
  private final ComputationGraph network;
  private final LabelledPictures training;
  private final LabelledPictures validation;
  private final GraphStep step;
  private final float[] classWeights;
  private final long begin = System.nanoTime();

  TrainingRun(
      TrainingSettings settings,
      List<TrainingListener> listeners,
      ComputationGraph network,
      LabelledPictures training,
      LabelledPictures validation) {
    this.settings = settings;
    this.listeners = listeners;
    this.network = network;
    this.training = training;
    this.validation = validation;
    this.step = new GraphStep(network, settings.inputSize());
    this.classWeights = settings.classWeighting().weights(training, step.classes());
  }

  TrainingResult run() throws IOException {
    DoubleUnaryOperator schedule = settings.learningRateSchedule().start(settings.learningRate());
    List<EpochResult> history = new ArrayList<>();
    try (step;
        BestEpoch best = new BestEpoch(network)) {
      double learningRate = settings.learningRate();
      int epoch = 0;
      do {
        EpochResult result = epoch(++epoch, learningRate);
        history.add(result);
        best.consider(result);
        learningRate = schedule.applyAsDouble(result.validationLoss());
        listeners.forEach(listener -> listener.epochEnded(result));
      } while (epoch < settings.epochs() && !patienceIsOver(epoch - best.epoch()));
      best.restore();
      return new TrainingResult(history, best.epoch());
    }
  }

  private EpochResult epoch(int epoch, double learningRate) throws IOException {
    long epochBegin = System.nanoTime();
    network.setLearningRate(learningRate);
    LossMean learnt = learn(epoch, learningRate);
    LossMean validated = validate();
    requireFinite(validated.loss(), epoch, "validation", learningRate);
    network.incrementEpochCount();
    return new EpochResult(
        epoch,
        learningRate,
        learnt.loss(),
        learnt.accuracy(),
        validated.loss(),
        validated.accuracy(),
        secondsSince(epochBegin));
  }

  private LossMean learn(int epoch, double learningRate) throws IOException {
    LossMean mean = new LossMean();
    try (BatchLoader batches = batches(training, shuffled(training.size(), epoch))) {
      for (int number = 1; batches.hasNext(); number++) {
        Batch batch = batches.next();
        double loss = step.learn(batch, classWeights);
        requireFinite(loss, epoch, "step " + number, learningRate);
        mean.add(loss, batch.count(), step.hits(), batch.count());
        TrainingProgress progress =
            TrainingProgress.of(
                epoch,
                settings.epochs(),
                mean.pictures(),
                training.size(),
                mean.loss(),
                learningRate,
                secondsSince(begin));
        listeners.forEach(listener -> listener.stepEnded(progress));
      }
    }
    return mean;
  }

  private LossMean validate() throws IOException {
    LossMean mean = new LossMean();
    int[] order = IntStream.range(0, validation.size()).toArray();
    try (BatchLoader batches = batches(validation, order)) {
      while (batches.hasNext()) {
        Batch batch = batches.next();
        double[][] probabilities = step.probabilities(batch);
        for (int i = 0; i < batch.count(); i++) {
          mean.add(probabilities[i], batch.labels()[i], classWeights);
        }
      }
    }
    return mean;
  }

  private BatchLoader batches(LabelledPictures pictures, int[] order) {
    return new BatchLoader(pictures, order, step.pictureValues(), settings.batchSize());
  }

  /** An order that depends on the seed and the epoch alone. */
  private int[] shuffled(int size, int epoch) {
    int[] order = IntStream.range(0, size).toArray();
    Random random = new Random(31 * settings.seed() + epoch);
    for (int i = size - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swapped = order[i];
      order[i] = order[j];
      order[j] = swapped;
    }
    return order;
  }

  private boolean patienceIsOver(int epochsWithoutProgress) {
    return settings.earlyStoppingPatience() > 0
        && epochsWithoutProgress >= settings.earlyStoppingPatience();
  }

  private static void requireFinite(double loss, int epoch, String where, double learningRate) {
    if (!Double.isFinite(loss)) {
      throw new TrainingDivergedException(epoch, where, loss, learningRate);
    }
  }

  private static double secondsSince(long nanoTime) {
    return (System.nanoTime() - nanoTime) / 1e9;
  }
}
