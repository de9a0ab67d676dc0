package org.genrewise.weights.pickle;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** The bytes of a pickle, little-endian. */
final class PickleInput {
  private final ByteBuffer bytes;

  PickleInput(ByteBuffer bytes) {
    this.bytes = bytes.order(ByteOrder.LITTLE_ENDIAN);
  }

  int unsignedByte() {
    return bytes(1).get() & 0xff;
  }

  int unsignedShort() {
    return bytes(Short.BYTES).getShort() & 0xffff;
  }

  int int32() {
    return bytes(Integer.BYTES).getInt();
  }

  long unsignedInt() {
    return int32() & 0xffffffffL;
  }

  long int64() {
    return bytes(Long.BYTES).getLong();
  }

  double bigEndianDouble() {
    return bytes(Double.BYTES).order(ByteOrder.BIG_ENDIAN).getDouble();
  }

  /** A two's complement number of so many bytes, as a Long if it fits. */
  Number integer(long length) {
    byte[] little = array(length);
    byte[] big = new byte[little.length];
    for (int i = 0; i < big.length; i++) {
      big[i] = little[little.length - 1 - i];
    }
    BigInteger value = big.length == 0 ? BigInteger.ZERO : new BigInteger(big);
    return value.bitLength() < Long.SIZE ? (Number) value.longValue() : value;
  }

  String text(long length) {
    try {
      CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(bytes(length));
      return text.toString();
    } catch (CharacterCodingException e) {
      throw new PickleException("its pickle holds text that is not UTF-8");
    }
  }

  /** Text of Python 2. */
  String latin(long length) {
    return new String(array(length), StandardCharsets.ISO_8859_1);
  }

  /** Up to the end of the line, which is left out. */
  String line() {
    int begin = bytes.position();
    for (int i = begin; i < bytes.limit(); i++) {
      if (bytes.get(i) == '\n') {
        String line = text(i - begin);
        bytes.get();
        return line;
      }
    }
    throw ended();
  }

  private byte[] array(long length) {
    ByteBuffer some = bytes(length);
    byte[] array = new byte[some.remaining()];
    some.get(array);
    return array;
  }

  private ByteBuffer bytes(long length) {
    if (length < 0 || length > bytes.remaining()) {
      throw ended();
    }
    ByteBuffer some = bytes.slice(bytes.position(), (int) length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.position(bytes.position() + (int) length);
    return some;
  }

  private static PickleException ended() {
    return new PickleException("its pickle ends in the middle; was the file cut off?");
  }
}
