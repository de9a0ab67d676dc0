package org.genrewise.training;

import java.util.Map;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.genrewise.network.NetworkSettings;
import org.genrewise.training.BatchLoader.Batch;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A step of learning, or of validation, on a computation graph whose last vertex is a softmax. */
final class GraphStep extends BaseTrainingListener implements AutoCloseable {
  private final ComputationGraph network;
  private final int inputSize;
  private final String logits;
  private int[] predicted;
  private int hits;

  GraphStep(ComputationGraph network, int inputSize) {
    this.network = network;
    this.inputSize = inputSize;
    String output = network.getConfiguration().getNetworkOutputs().get(0);
    this.logits = network.getConfiguration().getVertexInputs().get(output).get(0);
    network.setListeners(this);
  }

  /** Number of values in a picture. */
  int pictureValues() {
    return inputSize * inputSize * NetworkSettings.CHANNELS_IN;
  }

  int classes() {
    return (int) network.layerSize(logits);
  }

  /** Learns a batch and gives its mean loss before the step. */
  double learn(Batch batch, float[] classWeights) {
    try (INDArray pictures = pictures(batch);
        INDArray labels = oneHot(batch.labels(), classWeights)) {
      network.fit(new INDArray[] {pictures}, new INDArray[] {labels});
    }
    hits = 0;
    for (int i = 0; i < batch.count(); i++) {
      if (predicted[i] == batch.labels()[i]) {
        hits++;
      }
    }
    return network.score();
  }

  /** How many pictures of the last batch learnt were recognised before the step. */
  int hits() {
    return hits;
  }

  /** Probabilities in evaluation mode: batch x classes. */
  double[][] probabilities(Batch batch) {
    try (INDArray pictures = pictures(batch);
        INDArray probabilities = network.outputSingle(false, pictures)) {
      return probabilities.toDoubleMatrix();
    }
  }

  /** The graph tells its activations here and nowhere else. */
  @Override
  public void onForwardPass(Model model, Map<String, INDArray> activations) {
    predicted = activations.get(logits).argMax(1).toIntVector();
  }

  /** Leaves the graph without a listener. */
  @Override
  public void close() {
    network.setListeners();
  }

  private INDArray pictures(Batch batch) {
    return Nd4j.create(
        batch.pictures(),
        new long[] {batch.count(), inputSize, inputSize, NetworkSettings.CHANNELS_IN},
        'c');
  }

  private INDArray oneHot(int[] labels, float[] classWeights) {
    INDArray oneHot = Nd4j.zeros(labels.length, classes());
    for (int i = 0; i < labels.length; i++) {
      oneHot.putScalar(i, labels[i], classWeights[labels[i]]);
    }
    return oneHot;
  }
}
