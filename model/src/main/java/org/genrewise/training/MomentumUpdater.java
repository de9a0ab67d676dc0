package org.genrewise.training;

import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.transforms.pairwise.arithmetic.Axpy;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.GradientUpdater;

/** Does what {@link Momentum} says, on a view of the network's velocities. */
final class MomentumUpdater implements GradientUpdater<Momentum> {
  private static final String VELOCITY = "V";

  private final Momentum settings;
  private INDArray velocity;

  MomentumUpdater(Momentum settings) {
    this.settings = settings;
  }

  @Override
  public Momentum getConfig() {
    return settings;
  }

  @Override
  public void setState(Map<String, INDArray> state, boolean initialize) {
    velocity = state.get(VELOCITY);
    if (initialize) {
      velocity.assign(0);
    }
  }

  @Override
  public Map<String, INDArray> getState() {
    return Map.of(VELOCITY, velocity);
  }

  @Override
  public void setStateViewArray(INDArray view, long[] shape, char order, boolean initialize) {
    velocity = view.reshape(order, shape);
    if (initialize) {
      velocity.assign(0);
    }
  }

  /** Turns the gradient into what DL4J subtracts from the parameters, in two passes. */
  @Override
  public void applyUpdater(INDArray gradient, int iteration, int epoch) {
    INDArray flat = gradient.reshape(velocity.shape());
    Nd4j.exec(new Axpy(velocity, flat, velocity, settings.momentum()));
    velocity.muli(settings.learningRate(), flat);
  }
}
