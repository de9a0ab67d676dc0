package org.genrewise.training;

import java.util.Map;
import java.util.Objects;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.schedule.ISchedule;

/**
 * Stochastic gradient descent with momentum as PyTorch's {@code SGD} has it: {@code v = momentum v
 * + gradient}, {@code parameter = parameter - rate v}. (ND4J itself has Nesterov's variant only,
 * whose steps are up to twice as long.)
 */
public final class Momentum implements IUpdater {
  private static final long serialVersionUID = 1;

  private double learningRate;
  private double momentum;

  /** For DL4J, which restores the fields of stored configurations. */
  private Momentum() {}

  /**
   * @param learningRate 0 or more
   * @param momentum from 0 to below 1
   */
  public Momentum(double learningRate, double momentum) {
    this.learningRate = learningRate;
    this.momentum = momentum;
  }

  double learningRate() {
    return learningRate;
  }

  double momentum() {
    return momentum;
  }

  @Override
  public long stateSize(long parameters) {
    return parameters;
  }

  @Override
  public MomentumUpdater instantiate(INDArray state, boolean initialize) {
    MomentumUpdater updater = new MomentumUpdater(this);
    updater.setStateViewArray(state, new long[] {state.length()}, 'c', initialize);
    return updater;
  }

  @Override
  public MomentumUpdater instantiate(Map<String, INDArray> state, boolean initialize) {
    MomentumUpdater updater = new MomentumUpdater(this);
    updater.setState(state, initialize);
    return updater;
  }

  @Override
  public double getLearningRate(int iteration, int epoch) {
    return learningRate;
  }

  @Override
  public boolean hasLearningRate() {
    return true;
  }

  @Override
  public void setLrAndSchedule(double rate, ISchedule schedule) {
    if (schedule != null) {
      throw new UnsupportedOperationException(
          "the trainer sets the learning rate; give no schedule");
    }
    learningRate = rate;
  }

  /** A copy: DL4J gives each layer its own. */
  @Override
  public Momentum clone() {
    return new Momentum(learningRate, momentum);
  }

  /** DL4J updates layers together whose updaters are equal. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Momentum that
        && learningRate == that.learningRate
        && momentum == that.momentum;
  }

  @Override
  public int hashCode() {
    return Objects.hash(learningRate, momentum);
  }
}
