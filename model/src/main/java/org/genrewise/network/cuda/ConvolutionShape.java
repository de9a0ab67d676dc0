package org.genrewise.network.cuda;

import org.nd4j.linalg.api.buffer.DataType;

/**
 * All that decides which algorithm computes a convolution (3 x 3, stride 1, padding 1), with
 * channels as they lie in memory.
 *
 * @param type of maps and filter
 * @param in channels
 * @param out channels
 */
record ConvolutionShape(
    Pass pass, DataType type, int batch, int height, int width, int in, int out) {

  static final int KERNEL = 3;
  static final int PADDING = 1;
  static final int STRIDE = 1;

  static ConvolutionShape of(Pass pass, DataType type, MapLayout input, MapLayout output) {
    if (input.batch() != output.batch()
        || input.height() != output.height()
        || input.width() != output.width()) {
      throw new IllegalArgumentException(
          "a convolution keeps batch, height and width, and %s becomes %s"
              .formatted(input, output));
    }
    return new ConvolutionShape(
        pass, type, input.batch(), input.height(), input.width(), input.room(), output.room());
  }

  /**
   * What a result is divided by before it is rounded to its type, and multiplied by after that; a
   * power of 2. The gradient of a weight is a sum over all pixels, which would overflow 16 bits
   * where the gradients that it comes from do not. A sum of n values of either sign is some square
   * root of n times as large as they are.
   */
  float scale() {
    if (pass != Pass.BACKWARD_FILTER || type != DataType.FLOAT16) {
      return 1;
    }
    return Math.scalb(1f, Math.getExponent((double) batch * height * width) / 2);
  }

  MapLayout input() {
    return new MapLayout(batch, height, width, in, in);
  }

  MapLayout output() {
    return new MapLayout(batch, height, width, out, out);
  }

  MapLayout filter() {
    return new MapLayout(out, KERNEL, KERNEL, in, in);
  }
}
