package org.genrewise.audio;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * How samples lie in a WAV file.
 *
 * @param encoding of one sample
 * @param sampleRate frames a second, in hertz, positive
 * @param channels samples a frame, at least 1
 */
record WavFormat(Encoding encoding, int sampleRate, int channels) {
  private static final int PCM = 0x0001;
  private static final int IEEE_FLOAT = 0x0003;
  private static final int EXTENSIBLE = 0xFFFE;

  /** Where {@code WAVE_FORMAT_EXTENSIBLE} holds its sub-format, the first two bytes of a GUID. */
  private static final int SUB_FORMAT = 24;

  private static final int EXTENSIBLE_SIZE = 40;
  private static final int MOST_CHANNELS = 256;

  /** Little-endian sample encodings. */
  enum Encoding {
    UNSIGNED_8(1),
    SIGNED_16(2),
    SIGNED_24(3),
    SIGNED_32(4),
    FLOAT_32(4),
    FLOAT_64(8);

    final int bytes;

    Encoding(int bytes) {
      this.bytes = bytes;
    }
  }

  /**
   * Reads the content of a {@code fmt} chunk.
   *
   * @param chunk little-endian, at its start
   * @return empty if it does not describe uncompressed samples of whole bytes
   */
  static Optional<WavFormat> parse(ByteBuffer chunk) {
    if (chunk.remaining() < 16) {
      return Optional.empty();
    }
    int tag = Short.toUnsignedInt(chunk.getShort(0));
    int channels = Short.toUnsignedInt(chunk.getShort(2));
    int sampleRate = chunk.getInt(4);
    int frameBytes = Short.toUnsignedInt(chunk.getShort(12));
    int bits = Short.toUnsignedInt(chunk.getShort(14));
    if (tag == EXTENSIBLE && chunk.remaining() >= EXTENSIBLE_SIZE) {
      tag = Short.toUnsignedInt(chunk.getShort(SUB_FORMAT));
    }
    Encoding encoding = encoding(tag, bits);
    if (encoding == null
        || sampleRate <= 0
        || channels == 0
        || channels > MOST_CHANNELS
        || frameBytes != channels * encoding.bytes) {
      return Optional.empty();
    }
    return Optional.of(new WavFormat(encoding, sampleRate, channels));
  }

  private static Encoding encoding(int tag, int bits) {
    if (tag == PCM) {
      return switch (bits) {
        case 8 -> Encoding.UNSIGNED_8;
        case 16 -> Encoding.SIGNED_16;
        case 24 -> Encoding.SIGNED_24;
        case 32 -> Encoding.SIGNED_32;
        default -> null;
      };
    }
    if (tag == IEEE_FLOAT) {
      return switch (bits) {
        case 32 -> Encoding.FLOAT_32;
        case 64 -> Encoding.FLOAT_64;
        default -> null;
      };
    }
    return null;
  }

  int frameBytes() {
    return channels * encoding.bytes;
  }

  /**
   * Turns bytes into samples in -1..1 (floats as they are).
   *
   * @param bytes little-endian, from its start on
   * @param samples takes {@code count} samples
   */
  void convert(ByteBuffer bytes, float[] samples, int count) {
    switch (encoding) {
      case UNSIGNED_8 -> {
        for (int i = 0; i < count; i++) {
          samples[i] = (Byte.toUnsignedInt(bytes.get(i)) - 128) * 0x1p-7f;
        }
      }
      case SIGNED_16 -> {
        for (int i = 0; i < count; i++) {
          samples[i] = bytes.getShort(2 * i) * 0x1p-15f;
        }
      }
      case SIGNED_24 -> {
        for (int i = 0; i < count; i++) {
          int high = bytes.get(3 * i + 2);
          samples[i] = (high << 16 | Short.toUnsignedInt(bytes.getShort(3 * i))) * 0x1p-23f;
        }
      }
      case SIGNED_32 -> {
        for (int i = 0; i < count; i++) {
          samples[i] = bytes.getInt(4 * i) * 0x1p-31f;
        }
      }
      case FLOAT_32 -> bytes.asFloatBuffer().get(samples, 0, count);
      case FLOAT_64 -> {
        for (int i = 0; i < count; i++) {
          samples[i] = (float) bytes.getDouble(8 * i);
        }
      }
    }
  }
}
