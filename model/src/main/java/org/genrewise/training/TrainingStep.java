package org.genrewise.training;

import java.util.ArrayList;
import java.util.List;
import org.genrewise.network.Precision;
import org.genrewise.network.TrainingNetwork;
import org.genrewise.network.TrainingNetwork.Pass;
import org.genrewise.training.optimiser.Gradients;
import org.genrewise.training.optimiser.LossScaler;
import org.genrewise.training.optimiser.Optimiser;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.transforms.pairwise.arithmetic.Axpy;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Learns a batch: gradients of its micro-batches, added; unscaled, clipped, applied. A step whose
 * gradient is not finite is skipped and changes nothing: no weight, no statistic of batch norm, no
 * state of the optimiser.
 */
final class TrainingStep implements AutoCloseable {
  private final TrainingNetwork network;
  private final TrainingSettings settings;
  private final TrainingListener listener;
  private final Optimiser optimiser;
  private final Gradients gradients;
  private final LossScaler scaler;
  private MicroBatch microBatch;
  private INDArray sum;
  private int memoryOfPictures;

  TrainingStep(TrainingNetwork network, TrainingSettings settings, TrainingListener listener) {
    boolean frozen = settings.mode() == Mode.LINEAR_PROBE;
    this.network = network;
    this.settings = settings;
    this.listener = listener;
    this.optimiser = new Optimiser(settings.optimiser(), network.table(), frozen);
    this.gradients = new Gradients(network.table(), frozen);
    this.scaler = scaler(settings);
    this.microBatch = new MicroBatch(settings.batchSize());
  }

  static LossScaler scaler(TrainingSettings settings) {
    return settings.compute().precision() == Precision.FLOAT16
        ? new LossScaler(settings.lossScale())
        : LossScaler.off();
  }

  Vectors vectors() {
    return new Vectors(network.parameters(), optimiser.state());
  }

  LossScaler scaler() {
    return scaler;
  }

  MicroBatch microBatch() {
    return microBatch;
  }

  void microBatch(MicroBatch microBatch) {
    this.microBatch = microBatch;
  }

  /**
   * Learns a batch.
   *
   * @param draw decides the dropout masks
   * @param rate learning rate
   * @param number of the step among those that are applied, from 1
   * @throws NotEnoughMemoryException if a single picture does not fit into memory
   */
  Totals learn(Batch batch, long draw, double rate, long number) {
    while (true) {
      try {
        return step(batch, draw, rate, number);
      } catch (OutOfMemoryError | RuntimeException e) {
        OutOfMemoryError cause = NotEnoughMemoryException.cause(e).orElseThrow(() -> rethrown(e));
        int tried = Math.min(microBatch.size(), batch.count());
        if (!microBatch.halve(batch.count())) {
          throw new NotEnoughMemoryException(cause);
        }
        freeWhatTheAttemptLeft();
        memoryOfPictures = 0;
        listener.memoryRanOut(tried, microBatch.size());
      }
    }
  }

  private static RuntimeException rethrown(Throwable e) {
    if (e instanceof RuntimeException exception) {
      return exception;
    }
    throw (Error) e;
  }

  private static void freeWhatTheAttemptLeft() {
    Nd4j.getWorkspaceManager().destroyAllWorkspacesForCurrentThread();
    System.gc();
  }

  private Totals step(Batch batch, long draw, double rate, long number) {
    boolean isFirst = takeMemory(Math.min(microBatch.size(), batch.count()));
    network.startStep(batch.count());
    List<Part> parts = differentiate(batch, draw);
    INDArray gradient = network.gradient();
    // Here a GPU is waited for, once a step. What the passes found is there then.
    double norm = gradients.unscale(gradient, scaler.scale());
    Totals totals = parts.stream().map(Part::totals).reduce(Totals.NONE, Totals::plus);
    if (!scaler.update(Double.isFinite(norm) && Double.isFinite(totals.loss()))) {
      return new Totals(0, 0, 0, batch.count(), 1);
    }
    double largest = settings.optimiser().gradientClipping();
    if (largest > 0) {
      gradients.clip(gradient, norm, largest);
    }
    optimiser.step(network.parameters(), gradient, rate, number);
    if (isFirst) {
      network.giveBackMemory();
    }
    return totals;
  }

  private boolean takeMemory(int pictures) {
    boolean more = pictures > memoryOfPictures;
    if (more) {
      network.takeMemory(pictures);
      memoryOfPictures = pictures;
    }
    return more;
  }

  /** A micro-batch, and what its pass found. */
  private record Part(Batch batch, Pass pass) {
    Totals totals() {
      int hits = 0;
      int[] predicted = pass.predicted();
      for (int i = 0; i < batch.count(); i++) {
        if (predicted[i] == batch.labels()[i]) {
          hits++;
        }
      }
      return new Totals(pass.loss() * batch.weight(), batch.weight(), hits, batch.count(), 0);
    }
  }

  /** Leaves the gradient of the whole batch in the network, still times the loss scale. */
  private List<Part> differentiate(Batch batch, long draw) {
    int parts = microBatch.parts(batch.count());
    double weight = batch.weight();
    List<Part> done = new ArrayList<>();
    for (int i = 0; i < parts; i++) {
      Batch part = batch.part(start(batch, i, parts), start(batch, i + 1, parts));
      Pass pass =
          network.backward(part.pictures(), part.count(), part.targets(), scaler.scale(), draw + i);
      done.add(new Part(part, pass));
      if (parts > 1) {
        accumulate(i == 0, part.weight() / weight);
      }
    }
    if (parts > 1) {
      network.gradient().assign(sum);
    }
    return done;
  }

  private static int start(Batch batch, int part, int parts) {
    return (int) ((long) batch.count() * part / parts);
  }

  private void accumulate(boolean first, double share) {
    INDArray gradient = network.gradient();
    if (sum == null) {
      sum = Nd4j.createUninitializedDetached(gradient.dataType(), gradient.length());
    }
    if (first) {
      gradient.mul(share, sum);
    } else {
      Nd4j.exec(new Axpy(gradient, sum, sum, share));
    }
  }

  @Override
  public void close() {
    optimiser.close();
    if (sum != null) {
      sum.close();
    }
  }
}
