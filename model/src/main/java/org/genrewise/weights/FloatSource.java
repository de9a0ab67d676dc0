package org.genrewise.weights;

import java.io.IOException;

/** Gives the values of tensors by name. */
@FunctionalInterface
public interface FloatSource {

  /** Hands all values of a tensor to the sink, in row-major order. */
  void read(String name, FloatSink sink) throws IOException;
}
