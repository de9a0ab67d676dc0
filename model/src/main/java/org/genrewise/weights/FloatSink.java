package org.genrewise.weights;

import java.io.IOException;

/** Takes the values of a tensor, piece by piece, in row-major order. */
@FunctionalInterface
public interface FloatSink {

  /**
   * The next piece.
   *
   * @param values the first {@code count} are meant; the array is used again
   */
  void accept(float[] values, int count) throws IOException;
}
