package org.genrewise.inference;

import java.util.List;
import org.genrewise.network.FoldedParameters;
import org.genrewise.network.FoldedParameters.Affine;
import org.genrewise.network.Kernels;
import org.genrewise.network.NetworkSettings;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * The buffers of one forward pass and the walk through the layers. Two buffers of the largest map
 * are written in turn. For one thread at a time.
 */
final class ForwardPass {

  private static final int MOST_PICTURES = 64;

  private final NetworkSettings settings;
  private final FoldedParameters parameters;
  private final Kernels kernels;
  private final int capacity;
  private final INDArray pictures;
  private final INDArray[] buffers = new INDArray[2];
  private final INDArray logits;
  private INDArray embedding;
  private int current;

  ForwardPass(NetworkSettings settings, FoldedParameters parameters, Kernels kernels) {
    this.settings = settings;
    this.parameters = parameters;
    this.kernels = kernels;
    long pixels = (long) settings.inputSize() * settings.inputSize();
    long largest = largestMap(pixels);
    capacity = (int) Math.max(1, Math.min(MOST_PICTURES, kernels.largestMap() / largest));
    pictures =
        Nd4j.createUninitializedDetached(
            DataType.FLOAT, capacity * pixels * NetworkSettings.CHANNELS_IN);
    for (int i = 0; i < buffers.length; i++) {
      buffers[i] = Nd4j.createUninitializedDetached(kernels.activationType(), capacity * largest);
    }
    logits = Nd4j.createUninitializedDetached(DataType.FLOAT, (long) capacity * settings.classes());
  }

  private long largestMap(long pixels) {
    long largest = 0;
    int convolution = 0;
    for (int count : NetworkSettings.BLOCKS) {
      for (int i = 0; i < count; i++) {
        largest = Math.max(largest, pixels * settings.channels().get(convolution++));
      }
      pixels /= 4;
    }
    for (int size : settings.head()) {
      largest = Math.max(largest, size);
    }
    return largest;
  }

  /** How many pictures fit into one run. */
  int capacity() {
    return capacity;
  }

  /**
   * Computes the logits of {@code count} pictures, at most the capacity, and what enters the last
   * layer, unless {@code embeddings} is null.
   */
  void run(float[] from, int fromOffset, int count, float[] to, int toOffset, float[] embeddings) {
    copy(forward(load(from, fromOffset, count)), to, toOffset);
    if (embeddings != null) {
      copy(embedding, embeddings, toOffset / settings.classes() * settings.embeddingSize());
    }
  }

  private static void copy(INDArray from, float[] to, int toOffset) {
    float[] values = from.reshape(from.length()).toFloatVector();
    System.arraycopy(values, 0, to, toOffset, values.length);
  }

  private INDArray load(float[] from, int offset, int count) {
    int size = settings.inputSize();
    INDArray view = view(pictures, count, size, size, NetworkSettings.CHANNELS_IN);
    kernels.load(from, offset, view);
    return view;
  }

  private INDArray forward(INDArray x) {
    List<Affine> convolutions = parameters.convolutions();
    int next = 0;
    for (int count : NetworkSettings.BLOCKS) {
      for (int i = 0; i < count; i++) {
        Affine convolution = convolutions.get(next++);
        INDArray y = other(x.size(0), x.size(1), x.size(2), convolution.bias().length());
        kernels.convolve(x, convolution.weight(), convolution.bias(), y);
        kernels.relu(y);
        x = y;
      }
      INDArray pooled = other(x.size(0), x.size(1) / 2, x.size(2) / 2, x.size(3));
      kernels.maxPool(x, pooled);
      x = pooled;
    }
    x = x.reshape('c', x.size(0), settings.featureCount());
    for (int i = 0; i < parameters.dense().size(); i++) {
      Affine dense = parameters.dense().get(i);
      boolean hidden = i < settings.head().size();
      if (!hidden) {
        embedding = x;
      }
      INDArray y =
          hidden
              ? other(x.size(0), dense.bias().length())
              : view(logits, x.size(0), settings.classes());
      kernels.dense(x, dense.weight(), dense.bias(), y);
      if (hidden) {
        kernels.relu(y);
      }
      x = y;
    }
    return x;
  }

  /** The buffer that was not written last. */
  private INDArray other(long... shape) {
    current = 1 - current;
    return view(buffers[current], shape);
  }

  private static INDArray view(INDArray buffer, long... shape) {
    long length = 1;
    for (long size : shape) {
      length *= size;
    }
    return buffer.get(NDArrayIndex.interval(0, length)).reshape('c', shape);
  }
}
