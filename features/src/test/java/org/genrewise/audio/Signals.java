package org.genrewise.audio;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Signals and WAV files that tests make for themselves. */
final class Signals {
  static final int PCM = 1;
  static final int FLOAT = 3;

  private Signals() {}

  /** A tone of amplitude 0.5. */
  static float[] tone(int rate, double frequency, double seconds) {
    float[] samples = new float[(int) Math.round(rate * seconds)];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (float) (0.5 * Math.sin(2 * Math.PI * frequency * i / rate));
    }
    return samples;
  }

  /** Channels side by side, frame by frame. */
  static float[] interleave(float[]... channels) {
    float[] interleaved = new float[channels.length * channels[0].length];
    for (int i = 0; i < interleaved.length; i++) {
      interleaved[i] = channels[i % channels.length][i / channels.length];
    }
    return interleaved;
  }

  /** A plain WAV file with 16 bits. */
  static byte[] wav(int rate, int channels, float[] interleaved) {
    return wav(format(PCM, 16, rate, channels), encode(PCM, 16, interleaved));
  }

  /** A WAV file of a {@code fmt} chunk and samples, with right sizes. */
  static byte[] wav(byte[] format, byte[] data) {
    return riff("RIFF", chunk("fmt ", format), chunk("data", data));
  }

  /** A file of chunks with the right size. */
  static byte[] riff(String id, byte[]... chunks) {
    byte[] content = concatenate(chunks);
    return concatenate(header(id, content.length + 4L), ascii("WAVE"), content);
  }

  static byte[] chunk(String id, byte[] content) {
    return concatenate(header(id, content.length), content, new byte[content.length & 1]);
  }

  /** A chunk's eight bytes, with any size. */
  static byte[] header(String id, long size) {
    return concatenate(ascii(id), little(4).putInt((int) size).array());
  }

  /** The content of a plain {@code fmt} chunk. */
  static byte[] format(int tag, int bits, int rate, int channels) {
    int frame = channels * bits / 8;
    return little(16)
        .putShort((short) tag)
        .putShort((short) channels)
        .putInt(rate)
        .putInt(rate * frame)
        .putShort((short) frame)
        .putShort((short) bits)
        .array();
  }

  /** The content of a {@code WAVE_FORMAT_EXTENSIBLE} chunk. */
  static byte[] extensible(int tag, int bits, int rate, int channels) {
    byte[] format = format(0xFFFE, bits, rate, channels);
    byte[] extension =
        little(24)
            .putShort((short) 22)
            .putShort((short) bits)
            .putInt(0)
            .putShort((short) tag)
            .put(new byte[] {0, 0, 0, 0, 0x10, 0, (byte) 0x80, 0, 0, (byte) 0xAA, 0, 0x38})
            .put(new byte[] {(byte) 0x9B, 0x71})
            .array();
    return concatenate(format, extension);
  }

  /** Samples as WAV holds them. */
  static byte[] encode(int tag, int bits, float[] samples) {
    ByteBuffer bytes = little(samples.length * bits / 8);
    for (float sample : samples) {
      long integer = Math.round((double) sample * (1L << (bits - 1)));
      integer = Math.max(-1L << (bits - 1), Math.min((1L << (bits - 1)) - 1, integer));
      switch (tag * 100 + bits) {
        case PCM * 100 + 8 -> bytes.put((byte) (integer + 128));
        case PCM * 100 + 16 -> bytes.putShort((short) integer);
        case PCM * 100 + 24 -> bytes.putShort((short) integer).put((byte) (integer >> 16));
        case PCM * 100 + 32 -> bytes.putInt((int) integer);
        case FLOAT * 100 + 32 -> bytes.putFloat(sample);
        case FLOAT * 100 + 64 -> bytes.putDouble(sample);
        default -> throw new IllegalArgumentException(tag + " with " + bits + " bits");
      }
    }
    return bytes.array();
  }

  static byte[] concatenate(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  static ByteBuffer little(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  static Path write(Path file, byte[] content) throws IOException {
    return Files.write(file, content);
  }
}
