package org.genrewise.training.optimiser;

/** The loss became infinite or not a number: the network has learnt nothing that can be kept. */
public final class TrainingDivergedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public TrainingDivergedException(String message) {
    super(message);
  }

  public TrainingDivergedException(int epoch, String where, double loss, double learningRate) {
    super(
        "the loss became %s in epoch %d, %s, at a learning rate of %s: give a lower learning-rate"
            .formatted(loss, epoch, where, learningRate));
  }
}
