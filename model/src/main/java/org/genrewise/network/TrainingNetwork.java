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
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
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
   * What a pass over a batch found. On a GPU it is still being computed: who asks waits for it, so
   * ask when the step is done. It can be asked until the next {@link #startStep}.
   */
  public static final class Pass {
    private final INDArray logits;
    private final float[][] targets;
    private float[][] rows;

    private Pass(INDArray logits, float[][] targets) {
      this.logits = logits;
      this.targets = targets;
    }

    private float[][] rows() {
      if (rows == null) {
        rows = logits.toFloatMatrix();
      }
      return rows;
    }

    /** The batch's weighted mean cross entropy, not multiplied by the loss scale. */
    public double loss() {
      return CrossEntropy.loss(rows(), targets);
    }

    /** The most probable class of each picture, with dropout. */
    public int[] predicted() {
      return Stream.of(rows()).mapToInt(Pass::largest).toArray();
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
    this.logits = new Logits(settings);
    graph.setListeners(logits);
    ((SoftmaxOutputLayer) graph.getOutputLayer(0)).setLossToldElsewhere();
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
   * Has room for what the passes of one step find.
   *
   * @param pictures of all of them together
   */
  public void startStep(int pictures) {
    logits.reserve(pictures);
  }

  /** Forward and backward alone, to measure what they need; the gradient is of no use. */
  public void probe(int pictures) {
    float[] targets = new float[pictures * settings.classes()];
    Arrays.fill(targets, 1);
    startStep(pictures);
    backward(new float[pictures * values()], pictures, targets, 1, 0);
  }

  /**
   * Takes the memory that passes of so many pictures need, once and in one piece; they would take
   * it twice otherwise. Costs passes of six pictures, after which the gradient is of no use.
   */
  public void takeMemory(int pictures) {
    if (pictures <= 2) {
      return;
    }
    // twice each: some workspaces are learnt after a cycle
    probe(1);
    probe(1);
    WorkspaceSizes one = WorkspaceSizes.ofThread();
    probe(2);
    probe(2);
    WorkspaceSizes.ofThread().forPictures(pictures, one).allocate();
  }

  /**
   * Has the system take back what libraries took for the first pass of a size, and no longer need.
   */
  public void giveBackMemory() {
    NativeHeap.trim();
  }

  private int values() {
    return settings.inputSize() * settings.inputSize() * NetworkSettings.CHANNELS_IN;
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
      return new Pass(logits.latest, labels.toFloatMatrix());
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
    logits.close();
  }

  /**
   * Keeps the logits of a step's passes, which the graph tells to listeners and to nobody else:
   * copied, as the graph's memory is used again, but not read.
   */
  private static final class Logits extends BaseTrainingListener {
    private final String vertex;
    private final int classes;
    private INDArray room;
    private int used;
    private INDArray latest;

    Logits(NetworkSettings settings) {
      this.vertex = Vgg19Bn.logits(settings);
      this.classes = settings.classes();
    }

    void reserve(int rows) {
      if (room == null || room.size(0) < rows) {
        close();
        room = Nd4j.createUninitializedDetached(DataType.FLOAT, rows, classes);
      }
      used = 0;
    }

    void close() {
      if (room != null) {
        room.close();
      }
    }

    @Override
    public void onForwardPass(Model model, Map<String, INDArray> activations) {
      INDArray logits = activations.get(vertex);
      int rows = Math.toIntExact(logits.size(0));
      if (room == null || used + rows > room.size(0)) {
        reserve(rows);
      }
      latest = room.get(NDArrayIndex.interval(used, used + rows)).assign(logits);
      used += rows;
    }
  }
}
