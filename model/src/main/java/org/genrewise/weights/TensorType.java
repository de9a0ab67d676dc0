package org.genrewise.weights;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.stream.Stream;

/** What the values of a tensor are, by the names that the safetensors format has for them. */
public enum TensorType {
  F64(8),
  F32(4),
  /** IEEE 754 binary16. */
  F16(2),
  /** The upper half of a 32-bit float. */
  BF16(2),
  I64(8),
  I32(4),
  I16(2),
  I8(1),
  U8(1),
  BOOL(1);

  private final int bytes;

  TensorType(int bytes) {
    this.bytes = bytes;
  }

  /** The type of a name, for example {@code "F32"}; empty for others than these. */
  public static Optional<TensorType> of(String name) {
    return Stream.of(values()).filter(type -> type.name().equals(name)).findFirst();
  }

  /** Bytes of a value. */
  public int bytes() {
    return bytes;
  }

  /** Whether a 32-bit float holds every value of this type: F32, F16 and BF16. */
  public boolean fitsFloat() {
    return this == F32 || this == F16 || this == BF16;
  }

  /**
   * Value {@code index} of a buffer of this type, as a float.
   *
   * @param values in the byte order of the buffer
   * @throws IllegalStateException if a float does not hold every value of this type
   */
  float floatAt(ByteBuffer values, int index) {
    return switch (this) {
      case F32 -> values.getFloat(index * Float.BYTES);
      case F16 -> half(values.getShort(index * Short.BYTES));
      case BF16 ->
          Float.intBitsToFloat(values.getShort(index * Short.BYTES) << (Integer.SIZE - Short.SIZE));
      default -> throw new IllegalStateException("no 32-bit floats: " + this);
    };
  }

  /** Sign, 5 bits of exponent with a bias of 15, 10 bits of fraction. */
  private static float half(short bits) {
    int exponent = bits >> 10 & 0x1f;
    int fraction = bits & 0x3ff;
    float magnitude =
        switch (exponent) {
          case 0 -> Math.scalb((float) fraction, -24);
          case 0x1f -> fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
          default -> Math.scalb((float) (fraction | 0x400), exponent - 25);
        };
    return bits < 0 ? -magnitude : magnitude;
  }
}
