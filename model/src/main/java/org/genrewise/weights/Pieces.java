package org.genrewise.weights;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** Turns stored values into 32-bit floats, a piece at a time. */
final class Pieces {
  private static final int VALUES = 1 << 18;

  private final FloatSink sink;
  private final float[] piece;
  private int filled;

  private Pieces(long count, FloatSink sink) {
    this.sink = sink;
    this.piece = new float[(int) Math.min(count, VALUES)];
  }

  /** Hands over values that lie side by side, little-endian, from where the stream stands. */
  static void sideBySide(InputStream in, TensorType type, long count, FloatSink sink)
      throws IOException {
    Pieces pieces = new Pieces(count, sink);
    byte[] bytes = new byte[pieces.piece.length * type.bytes()];
    ByteBuffer values = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    for (long done = 0; done < count; done += pieces.piece.length) {
      int some = (int) Math.min(pieces.piece.length, count - done);
      if (in.readNBytes(bytes, 0, some * type.bytes()) < some * type.bytes()) {
        throw new EOFException("the file ended while it was read");
      }
      for (int i = 0; i < some; i++) {
        pieces.add(type.floatAt(values, i));
      }
    }
    pieces.flush();
  }

  /**
   * Hands over values that lie apart, in row-major order of the tensor.
   *
   * @param span the values from the first to the last, little-endian
   * @param stride steps from value to value, in each dimension
   */
  static void apart(
      ByteBuffer span, TensorType type, List<Long> shape, List<Long> stride, FloatSink sink)
      throws IOException {
    long count = new Tensor(type, shape).count();
    Pieces pieces = new Pieces(count, sink);
    long[] position = new long[shape.size()];
    long at = 0;
    for (long done = 0; done < count; done++) {
      pieces.add(type.floatAt(span, Math.toIntExact(at)));
      for (int i = position.length - 1; i >= 0; i--) {
        at += stride.get(i);
        if (++position[i] < shape.get(i)) {
          break;
        }
        at -= shape.get(i) * stride.get(i);
        position[i] = 0;
      }
    }
    pieces.flush();
  }

  private void add(float value) throws IOException {
    piece[filled++] = value;
    if (filled == piece.length) {
      flush();
    }
  }

  private void flush() throws IOException {
    if (filled > 0) {
      sink.accept(piece, filled);
      filled = 0;
    }
  }
}
