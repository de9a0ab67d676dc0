package org.genrewise.weights;

import java.io.IOException;

/** Gives the values of tensors by name. */
@FunctionalInterface
public interface FloatSource {

  /** Hands all values of a tensor to the sink, in row-major order. */
  void read(String name, FloatSink sink) throws IOException;

  /** The same values whatever the name. */
  static FloatSource of(float[] values) {
    return (name, sink) -> sink.accept(values, values.length);
  }
}
