package org.genrewise.network;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.genrewise.network.GraphOptions.Recompute;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.config.IUpdater;

/**
 * VGG19 with batch norm (Simonyan and Zisserman, "Very Deep Convolutional Networks"; torchvision's
 * {@code vgg19_bn}) as a Deeplearning4j computation graph of fused layers.
 *
 * <p>Input: NHWC float [batch, size, size, 3], values from -1 to 1. Labels: [batch, classes], 0 or
 * more: one-hot, or with more to say; see {@link SoftmaxOutput}. Output: class probabilities
 * [batch, classes]; the vertex {@link #logits(NetworkSettings)} gives the values before the
 * softmax. Vertices bear the name that PyTorch gives to their convolution, pool or dense layer, for
 * example {@code features.0} and {@code classifier.1}; with recomputation or frozen features a
 * block of convolutions and its pool are one vertex of the pool's name.
 *
 * <p>The graph's gradients are those of the batch's mean loss (as in PyTorch), not of its sum as in
 * stock Deeplearning4j: the updater does not divide them by the batch's size again. A graph belongs
 * to one thread at a time; for inference by many, see {@code CompiledNetwork}.
 */
public final class Vgg19Bn {

  public static final String INPUT = "pictures";
  public static final String OUTPUT = "softmax";

  private Vgg19Bn() {}

  /** The vertex whose activations are the logits, [batch, classes]. */
  public static String logits(NetworkSettings settings) {
    return LayerNames.of(settings).logits();
  }

  /**
   * Builds and initialises the graph.
   *
   * @param settings the network's shape
   * @param options how it computes
   * @param updater the optimiser of {@code graph.fit}, with its learning rate; {@link
   *     TrainingNetwork} leaves the parameters to another and needs none
   * @param seed decides the first weights and the dropout masks
   */
  public static ComputationGraph create(
      NetworkSettings settings, GraphOptions options, IUpdater updater, long seed) {
    ComputationGraph network = graph(settings, options, updater, seed);
    network.init();
    return network;
  }

  private static ComputationGraph graph(
      NetworkSettings settings, GraphOptions options, IUpdater updater, long seed) {
    GraphBuilder graph =
        new NeuralNetConfiguration.Builder()
            .seed(seed)
            .updater(updater)
            .miniBatch(false)
            .dataType(DataType.FLOAT)
            .trainingWorkspaceMode(WorkspaceMode.ENABLED)
            .inferenceWorkspaceMode(WorkspaceMode.ENABLED)
            .graphBuilder()
            .addInputs(INPUT);
    String previous = INPUT;
    for (Block block : blocks(settings, options)) {
      graph.addLayer(block.getLayerName(), block, previous);
      previous = block.getLayerName();
    }
    graph.addLayer(OUTPUT, new SoftmaxOutput(OUTPUT, settings.classes()), previous);
    return new ComputationGraph(graph.setOutputs(OUTPUT).build());
  }

  /** Every layer up to the logits, in order. */
  static List<Block> blocks(NetworkSettings settings, GraphOptions options) {
    List<Block> blocks = features(settings, options);
    blocks.addAll(head(settings, options));
    return blocks;
  }

  private static List<Block> features(NetworkSettings settings, GraphOptions options) {
    LayerNames names = LayerNames.of(settings);
    boolean joined = options.frozenFeatures() || options.recompute() == Recompute.BLOCKS;
    List<Block> blocks = new ArrayList<>();
    int in = NetworkSettings.CHANNELS_IN;
    int next = 0;
    for (int i = 0; i < NetworkSettings.BLOCKS.size(); i++) {
      List<ConvolutionBlock> convolutions = new ArrayList<>();
      for (int j = 0; j < NetworkSettings.BLOCKS.get(i); j++) {
        int out = settings.channels().get(next);
        String name = names.convolutions().get(next);
        convolutions.add(
            new ConvolutionBlock(
                name, options.precision(), in, out, next == 0, options.featuresBatchNorm()));
        in = out;
        next++;
      }
      String pool = names.pools().get(i);
      if (joined) {
        blocks.add(new VggBlock(pool, options.precision(), convolutions, options.frozenFeatures()));
      } else {
        blocks.addAll(convolutions);
        blocks.add(new MaxPool(pool, options.precision(), in));
      }
    }
    return blocks;
  }

  private static List<Block> head(NetworkSettings settings, GraphOptions options) {
    List<String> names = LayerNames.of(settings).dense();
    Precision precision = options.precision();
    List<Block> blocks = new ArrayList<>();
    int in = settings.featureCount();
    boolean lowest = options.frozenFeatures();
    for (int i = 0; i < settings.head().size(); i++) {
      int out = settings.head().get(i);
      blocks.add(DenseBlock.hidden(names.get(i), precision, in, out, settings.dropout(), lowest));
      in = out;
      lowest = false;
    }
    String last = names.get(settings.head().size());
    blocks.add(DenseBlock.logits(last, precision, in, settings.classes(), lowest));
    return blocks;
  }
}
