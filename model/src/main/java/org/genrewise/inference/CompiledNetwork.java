package org.genrewise.inference;

import java.io.IOException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.genrewise.network.FoldedParameters;
import org.genrewise.network.Kernels;
import org.genrewise.network.NetworkSettings;
import org.genrewise.network.Precision;
import org.genrewise.weights.FloatSource;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A network for inference alone: parameters copied, batch norm folded into the convolutions, no
 * training state and no dropout. It never changes, and any number of threads may share it; each
 * call in flight borrows one set of buffers, which later calls use again.
 *
 * <p>Its results equal the graph's in evaluation mode to about 1e-5 in 32-bit floats, and its
 * probabilities to about 1e-2 in 16-bit ones.
 */
public final class CompiledNetwork {

  private final NetworkSettings settings;
  private final FoldedParameters parameters;
  private final Precision precision;
  private final Kernels kernels;
  private final Queue<ForwardPass> idle = new ConcurrentLinkedQueue<>();

  private CompiledNetwork(
      NetworkSettings settings, FoldedParameters parameters, Precision precision) {
    this.settings = settings;
    this.parameters = parameters;
    this.precision = precision;
    this.kernels = Kernels.of(precision);
    // On a GPU each thread has a queue of its own: what this one's still holds must be done before
    // others read the parameters.
    Nd4j.getExecutioner().commit();
  }

  /** As the other, in 32-bit floats. */
  public static CompiledNetwork of(ComputationGraph graph, NetworkSettings settings) {
    return of(graph, settings, Precision.FLOAT32);
  }

  /**
   * Compiles a graph as it is now; later changes of the graph do not matter.
   *
   * @param graph a graph that {@code Vgg19Bn} made, with these settings
   * @param precision 16-bit floats halve the memory of weights and buffers
   */
  public static CompiledNetwork of(
      ComputationGraph graph, NetworkSettings settings, Precision precision) {
    return new CompiledNetwork(
        settings, FoldedParameters.of(graph, settings, precision), precision);
  }

  /**
   * Compiles parameters that are in no graph; the largest layer's are in memory twice meanwhile.
   *
   * @param source gives their values by PyTorch's names, in its layouts
   */
  public static CompiledNetwork of(
      NetworkSettings settings, Precision precision, FloatSource source) throws IOException {
    return new CompiledNetwork(
        settings, FoldedParameters.of(settings, precision, source), precision);
  }

  public NetworkSettings settings() {
    return settings;
  }

  /** In which it computes; not always that of the training. */
  public Precision precision() {
    return precision;
  }

  /**
   * The values before the softmax.
   *
   * @param pictures [count, size, size, 3], row-major, values from -1 to 1; the array may be longer
   * @param count number of pictures, 0 or more
   * @return [count, classes], row-major
   */
  public float[] logits(float[] pictures, int count) {
    return logits(pictures, count, null);
  }

  private float[] logits(float[] pictures, int count, float[] embeddings) {
    int pixels = settings.inputSize() * settings.inputSize() * NetworkSettings.CHANNELS_IN;
    if (count < 0 || (long) count * pixels > pictures.length) {
      throw new IllegalArgumentException(
          "%d pictures of %d x %d x 3 need %d values, not %d"
              .formatted(
                  count,
                  settings.inputSize(),
                  settings.inputSize(),
                  (long) count * pixels,
                  pictures.length));
    }
    float[] logits = new float[count * settings.classes()];
    ForwardPass pass = idle.poll();
    if (pass == null) {
      pass = new ForwardPass(settings, parameters, kernels);
    }
    for (int done = 0; done < count; done += pass.capacity()) {
      int next = Math.min(pass.capacity(), count - done);
      pass.run(pictures, done * pixels, next, logits, done * settings.classes(), embeddings);
    }
    idle.add(pass);
    return logits;
  }

  /** As {@link #logits}, after a softmax over the classes of each picture. */
  public float[] probabilities(float[] pictures, int count) {
    return softmax(logits(pictures, count));
  }

  /**
   * As {@link #probabilities}, and what enters the last layer.
   *
   * @param embeddings written: [count, {@link NetworkSettings#embeddingSize}], row-major
   */
  public float[] probabilities(float[] pictures, int count, float[] embeddings) {
    if (embeddings.length < (long) count * settings.embeddingSize()) {
      throw new IllegalArgumentException(
          "%d embeddings of %d values do not fit into %d"
              .formatted(count, settings.embeddingSize(), embeddings.length));
    }
    return softmax(logits(pictures, count, embeddings));
  }

  private float[] softmax(float[] values) {
    int classes = settings.classes();
    for (int from = 0; from < values.length; from += classes) {
      softmax(values, from, from + classes);
    }
    return values;
  }

  private static void softmax(float[] values, int from, int to) {
    double max = IntStream.range(from, to).mapToDouble(i -> values[i]).max().orElseThrow();
    double sum = IntStream.range(from, to).mapToDouble(i -> Math.exp(values[i] - max)).sum();
    for (int i = from; i < to; i++) {
      values[i] = (float) (Math.exp(values[i] - max) / sum);
    }
  }
}
