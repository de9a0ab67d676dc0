package org.genrewise.training;

import com.typesafe.config.ConfigException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.genrewise.training.checkpoint.Checkpoint;
import org.genrewise.training.checkpoint.CheckpointException;
import org.genrewise.training.checkpoint.Checkpoints;
import org.genrewise.training.checkpoint.Chunk;
import org.genrewise.training.optimiser.LearningRate;
import org.genrewise.training.optimiser.TrainingDivergedException;

/**
 * Trains: epochs of rounds, a checkpoint after each round, validation in evaluation mode after each
 * epoch. It decides what happens next; {@link Workers} do it, on one machine or on many.
 *
 * <p>A training that was stopped anywhere goes on from its last checkpoint, and with the same
 * number of threads ends with the same parameters as if it had never been stopped.
 */
public final class Trainer {

  /** Settings that may differ when a training goes on: what was learnt so far stays true. */
  private static final Set<String> FREE =
      Set.of("epochs", "early-stopping-patience", "kept-epoch", "recompute");

  private final TrainingSettings settings;
  private final Checkpoints checkpoints;
  private final String data;
  private final List<TrainingListener> listeners;
  private final LearningRate learningRate;

  /**
   * @param data says what is learnt from: a training goes on only where that is the same
   */
  public Trainer(
      TrainingSettings settings,
      Checkpoints checkpoints,
      String data,
      TrainingListener... listeners) {
    this.settings = settings;
    this.checkpoints = checkpoints;
    this.data = data;
    this.listeners = List.of(listeners);
    this.learningRate = new LearningRate(settings.schedule(), settings.epochs());
  }

  /**
   * Trains from the first weights.
   *
   * @return what it brought; the checkpoint of the best epoch has its parameters
   */
  public TrainingResult train(Workers workers) throws IOException {
    return run(workers, TrainingState.start(TrainingStep.scaler(settings).state()));
  }

  /**
   * Goes on from the newest checkpoint that is whole.
   *
   * @param notes takes what there is to say of checkpoints that were passed over
   * @return empty if there is no checkpoint
   * @throws CheckpointException if the checkpoint belongs to other data or other settings
   */
  public Optional<TrainingResult> resume(Workers workers, Consumer<String> notes)
      throws IOException {
    Optional<Checkpoint> latest = checkpoints.latest(notes);
    if (latest.isEmpty()) {
      return Optional.empty();
    }
    TrainingState state = state(latest.get());
    notes.accept(
        "going on from checkpoint %s: epoch %d, batch %d"
            .formatted(latest.get().folder(), state.epoch(), state.batch()));
    return Optional.of(run(workers, state));
  }

  private TrainingResult run(Workers workers, TrainingState start) throws IOException {
    TrainingState state = start;
    while (!isOver(state)) {
      state = state.batch() < workers.batches() ? round(workers, state) : endEpoch(workers, state);
    }
    return settings.keptEpoch() == KeptEpoch.BEST
        ? new TrainingResult(state.history(), state.best(), state.bestFolder())
        : new TrainingResult(state.history(), state.history().size(), state.folder().orElseThrow());
  }

  private boolean isOver(TrainingState state) {
    boolean impatient =
        settings.earlyStoppingPatience() > 0
            && state.best() > 0
            && state.epoch() - 1 - state.best() >= settings.earlyStoppingPatience();
    return state.epoch() > settings.epochs() || (impatient && state.batch() == 0);
  }

  private TrainingState round(Workers workers, TrainingState state) throws IOException {
    int steps = settings.rounds().steps();
    int end = steps == 0 ? workers.batches() : Math.min(workers.batches(), state.batch() + steps);
    Round round =
        new Round(
            state.epoch(),
            state.batch(),
            end,
            state.folder().orElse(""),
            Checkpoints.folder(state.epoch(), end),
            state.steps(),
            state.microBatch(),
            state.lossScale(),
            state.learningRate());
    long begin = System.nanoTime();
    Workers.Finished finished = workers.learn(round);
    double seconds = (System.nanoTime() - begin) / 1e9;
    TrainingState next = state.after(round, finished.result(), seconds);
    commit(next, finished.chunks());
    listeners.forEach(listener -> listener.roundEnded(round, finished.result(), seconds));
    return next;
  }

  private TrainingState endEpoch(Workers workers, TrainingState state) throws IOException {
    long begin = System.nanoTime();
    String folder = state.folder().orElseThrow();
    Totals validation = workers.validate(folder);
    double rate = learningRate.at(state.epoch(), state.learningRate());
    if (!Double.isFinite(validation.meanLoss())) {
      throw new TrainingDivergedException(state.epoch(), "validation", validation.meanLoss(), rate);
    }
    EpochResult result =
        new EpochResult(
            state.epoch(),
            rate,
            state.totals().meanLoss(),
            state.totals().accuracy(),
            validation.meanLoss(),
            validation.accuracy(),
            state.lossScale().scale(),
            state.totals().skipped(),
            state.totals().pictures() / Math.max(1e-9, state.seconds()),
            state.seconds() + (System.nanoTime() - begin) / 1e9);
    TrainingState next =
        state.epochEnded(
            result, learningRate.epochEnded(state.learningRate(), validation.meanLoss()));
    commit(next, Checkpoint.open(checkpoints.storage(), folder).chunks());
    listeners.forEach(listener -> listener.epochEnded(result));
    return next;
  }

  private void commit(TrainingState state, List<Chunk> chunks) throws IOException {
    String folder = state.folder().orElseThrow();
    Map<String, Object> map = new TreeMap<>(state.toMap());
    map.put("data", data);
    map.put("settings", settings.asMap());
    checkpoints.commit(folder, map, chunks);
    checkpoints.prune(folder, Set.of(state.bestFolder()));
  }

  private TrainingState state(Checkpoint checkpoint) {
    try {
      if (!checkpoint.state().getString("data").equals(data)) {
        throw new CheckpointException(
            "checkpoint %s was learnt from other features or another split; give the same"
                    .formatted(checkpoint.folder())
                + " --features and split settings, or train anew with --overwrite");
      }
      requireSameSettings(checkpoint);
      return TrainingState.of(checkpoint.state(), checkpoint.folder());
    } catch (ConfigException | NumberFormatException | ClassCastException e) {
      throw new CheckpointException(
          "checkpoint %s is refused: %s".formatted(checkpoint.folder(), e.getMessage()));
    }
  }

  private void requireSameSettings(Checkpoint checkpoint) {
    Map<String, Object> theirs = checkpoint.state().getConfig("settings").root().unwrapped();
    List<String> differences = new ArrayList<>();
    settings
        .asMap()
        .forEach(
            (name, value) -> {
              if (!FREE.contains(name) && !value.equals(theirs.get(name))) {
                differences.add("%s was %s, is %s".formatted(name, theirs.get(name), value));
              }
            });
    if (!differences.isEmpty()) {
      throw new CheckpointException(
          "checkpoint %s was made with other settings: %s; give the same, or train anew with"
                  .formatted(checkpoint.folder(), String.join("; ", differences))
              + " --overwrite");
    }
  }
}
