package org.genrewise.network;

import java.util.Arrays;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.NoOp;

/**
 * A network that learns: its graph, its flat vectors, and the two passes that a trainer needs. It
 * computes gradients and never changes its parameters; that is the optimiser's.
 *
 * <p>For one thread at a time. Memory outside the heap: two vectors of {@link
 * ParameterTable#length()} floats, and the workspaces of the largest batch so far.
 */
public final class TrainingNetwork implements AutoCloseable {

  /**
   * What a pass over a batch found.
   *
   * @param loss the batch's weighted mean cross entropy, not multiplied by the loss scale
   * @param predicted the most probable class of each picture, with dropout
   */
  public record Pass(double loss, int[] predicted) {}

  private final NetworkSettings settings;
  private final ParameterTable table;
  private final ComputationGraph graph;
  private final Logits logits;

  /**
   * @param options how it computes
   * @param seed decides the first weights and the dropout masks
   */
  public TrainingNetwork(NetworkSettings settings, GraphOptions options, long seed) {
    this.settings = settings;
    this.table = ParameterTable.of(settings);
    this.graph = Vgg19Bn.create(settings, options, new NoOp(), seed);
    this.logits = new Logits(Vgg19Bn.logits(settings));
    graph.setListeners(logits);
  }

  public NetworkSettings settings() {
    return settings;
  }

  /** The graph itself, for the bundle and for compiling. */
  public ComputationGraph graph() {
    return graph;
  }

  /** What lies where in {@link #parameters()} and {@link #gradient()}. */
  public ParameterTable table() {
    return table;
  }

  /** The parameters, [length], as a view: what is written there is what the network uses. */
  public INDArray parameters() {
    return graph.params().reshape(graph.numParams());
  }

  /**
   * The gradient of the last {@link #backward}, [length], as a view: times the loss scale, except
   * for the steps of running statistics, which are not scaled.
   */
  public INDArray gradient() {
    return graph.getFlattenedGradients().reshape(graph.numParams());
  }

  /**
   * Forward and backward in training mode.
   *
   * @param pictures [count, size, size, 3], row-major, values from -1 to 1; may be longer
   * @param targets [count, classes], row-major: how much each class of each picture weighs in the
   *     loss, 0 or more. The loss is sum(targets * -log p) / sum(targets)
   * @param lossScale what the gradient is multiplied by before it goes back through the layers
   * @param draw which dropout masks: the same draw gives the same masks
   */
  public Pass backward(float[] pictures, int count, float[] targets, double lossScale, long draw) {
    try (INDArray input = pictures(pictures, count);
        INDArray labels = Nd4j.create(targets, new long[] {count, settings.classes()}, 'c')) {
      ((SoftmaxOutputLayer) graph.getOutputLayer(0)).setLossScale(lossScale);
      graph.getConfiguration().setIterationCount(Math.toIntExact(draw & Integer.MAX_VALUE));
      graph.setInputs(input);
      graph.setLabels(labels);
      graph.computeGradientAndScore();
      return new Pass(graph.score(), logits.predicted);
    } finally {
      graph.clear();
    }
  }

  /**
   * As {@link #backward}, and how much of each activation's gradient 16-bit floats lose: a
   * measurement, slower than a step. In {@link Precision#FLOAT32} it tells what they would lose.
   *
   * @return for every convolution, pool and dense layer that gradients reach, from the first on
   */
  public List<GradientUnderflow> underflow(
      float[] pictures, int count, float[] targets, double lossScale, long draw) {
    LinkedList<GradientUnderflow> seen = new LinkedList<>();
    watch((vertex, gradient) -> seen.addFirst(GradientUnderflow.of(vertex, gradient)));
    try {
      backward(pictures, count, targets, lossScale, draw);
    } finally {
      watch(null);
    }
    return List.copyOf(seen);
  }

  private void watch(GradientWatch watch) {
    for (Layer layer : graph.getLayers()) {
      ((BlockLayer<?>) layer).setWatch(watch);
    }
  }

  /**
   * Class probabilities in evaluation mode.
   *
   * @param pictures as for {@link #backward}
   * @return [count][classes]
   */
  public double[][] probabilities(float[] pictures, int count) {
    try (INDArray input = pictures(pictures, count);
        INDArray probabilities = graph.outputSingle(false, input)) {
      return probabilities.toDoubleMatrix();
    }
  }

  private INDArray pictures(float[] values, int count) {
    long size = settings.inputSize();
    long[] shape = {count, size, size, NetworkSettings.CHANNELS_IN};
    int length = Math.toIntExact(count * size * size * NetworkSettings.CHANNELS_IN);
    float[] exact = values.length == length ? values : Arrays.copyOf(values, length);
    return Nd4j.create(exact, shape, 'c');
  }

  @Override
  public void close() {
    graph.setListeners();
    graph.close();
  }

  /** Sees what the graph computed: it tells its activations to listeners and to nobody else. */
  private static final class Logits extends BaseTrainingListener {
    private final String vertex;
    private int[] predicted;

    Logits(String vertex) {
      this.vertex = vertex;
    }

    @Override
    public void onForwardPass(Model model, Map<String, INDArray> activations) {
      // In Java: the loss reads the logits too, so a GPU is waited for once, not twice.
      float[][] rows = activations.get(vertex).toFloatMatrix();
      predicted = Stream.of(rows).mapToInt(Logits::largest).toArray();
    }

    private static int largest(float[] row) {
      int largest = 0;
      for (int i = 1; i < row.length; i++) {
        if (row[i] > row[largest]) {
          largest = i;
        }
      }
      return largest;
    }
  }
}
