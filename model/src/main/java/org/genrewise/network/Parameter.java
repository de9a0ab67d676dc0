package org.genrewise.network;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.genrewise.weights.FloatSink;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * One tensor of a layer inside the graph's flat parameter vector.
 *
 * @param key its name in the layer, without an underscore (the graph uses that as a separator)
 * @param role what the optimiser does with it
 * @param order {@code 'c'} or {@code 'f'}: how the shape is laid over the vector
 * @param mean mean of the normal distribution that it starts from
 * @param deviation standard deviation of that distribution; 0 for a constant
 * @param shape its shape
 */
record Parameter(String key, Role role, char order, double mean, double deviation, long... shape) {

  enum Role {
    WEIGHT,
    BIAS,
    /**
     * A running statistic: its "gradient" is the step that is taken off it, whatever the updater.
     */
    STATISTIC
  }

  /** Values are drawn in blocks of this many, so that the draw needs little memory. */
  private static final int BLOCK = 1 << 20;

  static Parameter weight(String key, char order, double deviation, long... shape) {
    return new Parameter(key, Role.WEIGHT, order, 0, deviation, shape);
  }

  static Parameter constant(String key, Role role, double value, long length) {
    return new Parameter(key, role, 'c', value, 0, length);
  }

  Parameter renamed(String name) {
    return new Parameter(name, role, order, mean, deviation, shape);
  }

  long length() {
    return Arrays.stream(shape).reduce(1, Math::multiplyExact);
  }

  /** Fills the view of the flat vector with first values; equal seeds give equal values. */
  void fill(INDArray flat, long seed) {
    if (deviation == 0) {
      flat.assign(mean);
      return;
    }
    long[] done = {0};
    try {
      draw(
          seed,
          (values, count) -> {
            flat.get(NDArrayIndex.interval(done[0], done[0] + count))
                .assign(Nd4j.createFromArray(values));
            done[0] += count;
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Hands over first values, block after block; equal seeds give equal values. */
  void draw(long seed, FloatSink sink) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    for (long from = 0; from < length(); from += BLOCK) {
      float[] block = new float[(int) Math.min(BLOCK, length() - from)];
      for (int i = 0; i < block.length; i++) {
        block[i] = (float) (mean + (deviation == 0 ? 0 : deviation * random.nextGaussian()));
      }
      sink.accept(block, block.length);
    }
  }
}
