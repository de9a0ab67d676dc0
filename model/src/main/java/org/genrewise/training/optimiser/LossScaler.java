package org.genrewise.training.optimiser;

import java.io.Serializable;

/**
 * Decides by how much the loss is scaled, and whether a step is made, as PyTorch's {@code
 * GradScaler} does: the scale doubles after many clean steps in a row; a step whose gradient is not
 * finite is skipped, and halves the scale. For one thread at a time.
 */
public final class LossScaler {
  private static final double FLOOR = 1;
  private static final double GROWTH = 2;
  private static final double BACKOFF = 0.5;

  /**
   * Where it stands; a part of a checkpoint.
   *
   * @param scale of the next step, 1 or more
   * @param cleanSteps steps with a finite gradient since the scale last changed, if it is dynamic
   * @param skipsInARow steps skipped in a row, of a dynamic scale only those at a scale of 1
   */
  public record State(double scale, int cleanSteps, int skipsInARow) implements Serializable {
    public State {
      if (!(scale >= FLOOR && cleanSteps >= 0 && skipsInARow >= 0)) {
        throw new IllegalArgumentException(
            "a loss scale's state must be 1, 0 and 0 or more, not %s, %d and %d"
                .formatted(scale, cleanSteps, skipsInARow));
      }
    }
  }

  private final LossScaleSettings settings;
  private final boolean off;
  private State state;

  public LossScaler(LossScaleSettings settings) {
    this(settings, false);
  }

  private LossScaler(LossScaleSettings settings, boolean off) {
    this.settings = settings;
    this.off = off;
    this.state = new State(settings.initial(), 0, 0);
  }

  /** For 32-bit training: a scale of 1, and the first gradient that is not finite is the end. */
  public static LossScaler off() {
    return new LossScaler(new LossScaleSettings(false, FLOOR, 1, 1), true);
  }

  /** What the next step's loss is multiplied by. */
  public double scale() {
    return state.scale;
  }

  /**
   * Takes note of a step's gradient.
   *
   * @param finite whether all its values are finite
   * @return true: make the step; false: skip it
   * @throws TrainingDivergedException if too many steps in a row had to be skipped
   */
  public boolean update(boolean finite) {
    if (finite) {
      state = clean();
      return true;
    }
    boolean counts = !settings.dynamic() || state.scale == FLOOR;
    int skips = counts ? state.skipsInARow + 1 : 0;
    if (skips >= settings.patience()) {
      throw new TrainingDivergedException(diverged(skips));
    }
    double scale = settings.dynamic() ? Math.max(FLOOR, state.scale * BACKOFF) : state.scale;
    state = new State(scale, 0, skips);
    return false;
  }

  private State clean() {
    if (!settings.dynamic()) {
      return new State(state.scale, 0, 0);
    }
    int steps = state.cleanSteps + 1;
    return steps < settings.growthSteps()
        ? new State(state.scale, steps, 0)
        : new State(state.scale * GROWTH, 0, 0);
  }

  private String diverged(int skips) {
    if (off) {
      return "a gradient became infinite or not a number:"
          + " give a lower learning-rate, or gradient-clipping";
    }
    return "the gradient was infinite or not a number in %d steps in a row at a loss scale of %s:"
            .formatted(skips, state.scale)
        + " give a lower learning-rate, gradient-clipping, "
        + (settings.dynamic() ? "or precision float32" : "or a lower loss-scale");
  }

  /** Where it stands now. */
  public State state() {
    return state;
  }

  /** Goes on from where another stood. A static scale stays that of its own settings. */
  public void restore(State state) {
    this.state =
        settings.dynamic()
            ? state
            : new State(settings.initial(), state.cleanSteps, state.skipsInARow);
  }
}
