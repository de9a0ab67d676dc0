package org.genrewise.training;

import java.io.IOException;
import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.genrewise.network.GraphOptions;
import org.genrewise.network.Vgg19Bn;

/**
 * Trains a network: stochastic gradient descent over shuffled pictures, validation in evaluation
 * mode after each epoch, and at the end the parameters of the epoch that did best.
 *
 * <p>Beside the network, its gradient and its velocities, memory holds one more copy of the
 * parameters, the best so far. Immutable; a network belongs to one training at a time.
 */
public final class Trainer {
  private final TrainingSettings settings;
  private final List<TrainingListener> listeners;

  public Trainer(TrainingSettings settings, TrainingListener... listeners) {
    this.settings = settings;
    this.listeners = List.of(listeners);
  }

  /**
   * A network with random weights, as the settings want it for some pictures.
   *
   * @param classes how many there are
   * @param training the pictures that it will learn from; their labels decide the class weights
   */
  public ComputationGraph newNetwork(int classes, LabelledPictures training) {
    return Vgg19Bn.create(
        settings.network(classes),
        GraphOptions.DEFAULT,
        new Momentum(settings.learningRate(), settings.momentum()),
        settings.seed());
  }

  /**
   * Trains a network and leaves it with the parameters of the best epoch.
   *
   * @param network made by {@link #newNetwork}
   * @param training what to learn from
   * @param validation what decides which epoch was best, and the learning rate
   * @throws TrainingDivergedException if a loss is infinite or not a number
   * @throws IOException if a picture cannot be read, or the thread is interrupted
   */
  public TrainingResult train(
      ComputationGraph network, LabelledPictures training, LabelledPictures validation)
      throws IOException {
    requirePictures("training", training);
    requirePictures("validation", validation);
    return new TrainingRun(settings, listeners, network, training, validation).run();
  }

  private static void requirePictures(String part, LabelledPictures pictures) {
    if (pictures.size() == 0) {
      throw new IllegalArgumentException(
          "there are no %s pictures; give more tracks, or a larger share for %s"
              .formatted(part, part));
    }
  }
}
