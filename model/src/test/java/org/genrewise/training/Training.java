package org.genrewise.training;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.genrewise.network.NetworkSettings;
import org.genrewise.network.Precision;
import org.genrewise.network.Width;
import org.genrewise.picture.ImageFormat;
import org.genrewise.training.checkpoint.CheckpointStorage;
import org.genrewise.training.checkpoint.Checkpoints;
import org.genrewise.training.checkpoint.LocalStorage;
import org.genrewise.training.optimiser.ScheduleSettings;

/** A training in this process, on synthetic slices. */
final class Training implements AutoCloseable {
  static final int CLASSES = SyntheticSlices.CLASSES;
  static final int INPUT_SIZE = 32;

  final NetworkSettings shape;
  final Replica replica;
  final LocalWorkers workers;
  final Trainer trainer;
  final List<String> notes = new ArrayList<>();
  private TrainingResult result;

  Training(
      TrainingSettings settings,
      Path checkpoints,
      LabelledPictures training,
      LabelledPictures validation,
      TrainingListener... listeners) {
    shape = settings.shape().network(CLASSES);
    CheckpointStorage storage = new LocalStorage(checkpoints);
    TrainingListener steps = listeners.length == 0 ? TrainingListener.NONE : listeners[0];
    long[] counts = new long[CLASSES];
    for (int i = 0; i < training.size(); i++) {
      counts[training.label(i)]++;
    }
    replica =
        new Replica(
            settings,
            shape,
            new Share(0, training, validation),
            settings.loss().classWeighting().weights(counts),
            steps);
    int batches = BatchDrawer.batches(training.size(), settings.batchSize());
    workers = new LocalWorkers(replica, batches, storage);
    trainer = new Trainer(settings, new Checkpoints(storage, 2), "synthetic", listeners);
  }

  /** Trains, and leaves the replica with the parameters of the best epoch. */
  TrainingResult run() throws IOException {
    result = trainer.train(workers);
    workers.hold(result.keptFolder());
    return result;
  }

  /** Goes on, and leaves the replica with the parameters of the best epoch. */
  Optional<TrainingResult> resume() throws IOException {
    Optional<TrainingResult> resumed = trainer.resume(workers, notes::add);
    if (resumed.isPresent()) {
      workers.hold(resumed.get().keptFolder());
    }
    return resumed;
  }

  float[] parameters() {
    return replica.network().parameters().toFloatVector();
  }

  @Override
  public void close() {
    replica.close();
  }

  /** A network that learns in seconds, 10 slices a step. */
  static TrainingSettingsBuilder small() {
    return TrainingSettingsBuilder.defaults()
        .shape(new ShapeSettings(Width.parse("1/16"), INPUT_SIZE, 0.2, ImageFormat.LOSSLESS))
        .compute(new ComputeSettings(Precision.FLOAT32, ComputeSettings.DEFAULT.recompute(), 10))
        .batchSize(10)
        .schedule(constant(0.001))
        .seed(7);
  }

  static ScheduleSettings constant(double learningRate) {
    return schedule(ScheduleSettings.Kind.CONSTANT, learningRate);
  }

  static ScheduleSettings schedule(ScheduleSettings.Kind kind, double learningRate) {
    ScheduleSettings d = ScheduleSettings.DEFAULT;
    return new ScheduleSettings(
        kind,
        learningRate,
        d.warmUpEpochs(),
        d.stepEpochs(),
        d.factor(),
        d.patience(),
        d.threshold(),
        d.minimum());
  }
}
