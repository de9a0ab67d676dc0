package org.genrewise.training.optimiser;

import java.io.Serializable;
import org.genrewise.training.optimiser.ScheduleSettings.Kind;

/** The learning rate of every step of a training. Holds no state and is safe for many threads. */
public final class LearningRate {

  /** The share of the full rate with which a warm-up begins. */
  private static final double FIRST_SHARE = 1e-3;

  /** PyTorch's eps: a fall by less is none. */
  private static final double SMALLEST_FALL = 1e-8;

  /**
   * What has been learnt from validation; a part of a checkpoint.
   *
   * @param multiplier what the falls so far multiply the full rate by, above 0, at most 1
   * @param best lowest validation loss so far; infinite before the first epoch
   * @param epochsWithoutProgress in a row, since the rate last fell
   */
  public record State(double multiplier, double best, int epochsWithoutProgress)
      implements Serializable {
    public State {
      if (!(multiplier > 0 && multiplier <= 1) || Double.isNaN(best) || epochsWithoutProgress < 0) {
        throw new IllegalArgumentException(
            "a learning rate's state must be a share, a number and 0 or more, not %s, %s and %d"
                .formatted(multiplier, best, epochsWithoutProgress));
      }
    }
  }

  private final ScheduleSettings settings;
  private final int epochs;

  /**
   * @param epochs of the whole training, at least 1, more than the warm-up
   */
  public LearningRate(ScheduleSettings settings, int epochs) {
    if (epochs < 1) {
      throw new IllegalArgumentException("epochs must be at least 1, not " + epochs);
    }
    if (settings.warmUpEpochs() >= epochs) {
      throw new IllegalArgumentException(
          "warm-up-epochs must be below epochs, %d, not %s"
              .formatted(epochs, settings.warmUpEpochs()));
    }
    this.settings = settings;
    this.epochs = epochs;
  }

  /**
   * The rate of a step. In the warm-up it rises in proportion to {@code epochsDone}, but for its
   * first thousandth, which stands for the start: a step of rate 0 would learn nothing.
   *
   * @param epochsDone how many epochs lie behind it: 0 at the first step, 0.5 in the middle of the
   *     first epoch
   * @param state as of the end of the last epoch
   */
  public double at(double epochsDone, State state) {
    double full = settings.learningRate();
    double rate =
        switch (settings.kind()) {
          case CONSTANT -> full;
          case STEP ->
              full * Math.pow(settings.factor(), Math.floor(epochsDone / settings.stepEpochs()));
          case COSINE -> cosine(epochsDone);
          case REDUCE_ON_PLATEAU -> full * state.multiplier;
        };
    return warmUp(epochsDone) * Math.max(settings.minimum(), rate);
  }

  private double warmUp(double epochsDone) {
    double warmUp = settings.warmUpEpochs();
    return warmUp == 0 ? 1 : Math.min(1, epochsDone / warmUp + FIRST_SHARE);
  }

  private double cosine(double epochsDone) {
    double done = (epochsDone - settings.warmUpEpochs()) / (epochs - settings.warmUpEpochs());
    double share = (1 + Math.cos(Math.PI * Math.max(0, Math.min(1, done)))) / 2;
    return settings.minimum() + share * (settings.learningRate() - settings.minimum());
  }

  /** The state before the first epoch. */
  public static State start() {
    return new State(1, Double.POSITIVE_INFINITY, 0);
  }

  /** The state after an epoch; only REDUCE_ON_PLATEAU changes it. */
  public State epochEnded(State state, double validationLoss) {
    if (settings.kind() != Kind.REDUCE_ON_PLATEAU) {
      return state;
    }
    if (validationLoss < state.best * (1 - settings.threshold())) {
      return new State(state.multiplier, validationLoss, 0);
    }
    if (state.epochsWithoutProgress < settings.patience()) {
      return new State(state.multiplier, state.best, state.epochsWithoutProgress + 1);
    }
    double fallen = state.multiplier * settings.factor();
    boolean falls = plateauRate(state.multiplier) - plateauRate(fallen) > SMALLEST_FALL;
    return new State(falls ? fallen : state.multiplier, state.best, 0);
  }

  private double plateauRate(double multiplier) {
    return Math.max(settings.minimum(), settings.learningRate() * multiplier);
  }
}
