package org.genrewise.check.measure;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.genrewise.cqt.CqtSettings;

/** Sound to measure with: decaying notes and a little noise, so that no part has an easy input. */
public final class SyntheticMusic {
  private static final int HEADER_BYTES = 44;
  private static final int FORMAT_BYTES = 16;
  private static final short PCM = 1;
  private static final int LOUDEST = 32_000;
  private static final int NOTES_PER_SECOND = 4;

  private SyntheticMusic() {}

  /** Mono, at the default sample rate; the same seed gives the same samples. */
  public static float[] samples(double seconds, long seed) {
    Random random = new Random(seed);
    int rate = CqtSettings.DEFAULT.sampleRate();
    float[] samples = new float[(int) (seconds * rate)];
    double frequency = 220;
    for (int i = 0; i < samples.length; i++) {
      int inNote = i % (rate / NOTES_PER_SECOND);
      if (inNote == 0) {
        frequency = 55 * Math.pow(2, random.nextInt(60) / 12.0);
      }
      samples[i] =
          (float)
              (0.5 * Math.exp(-6.0 * inNote / rate) * Math.sin(2 * Math.PI * frequency * i / rate)
                  + 0.02 * random.nextGaussian());
    }
    return samples;
  }

  /** Writes samples as 16-bit WAV; by ourselves, as small Java run-times have no sound library. */
  public static void writeWav(Path file, float[] samples) throws IOException {
    int rate = CqtSettings.DEFAULT.sampleRate();
    int bytes = samples.length * Short.BYTES;
    ByteBuffer wav = ByteBuffer.allocate(HEADER_BYTES + bytes).order(ByteOrder.LITTLE_ENDIAN);
    wav.put(ascii("RIFF")).putInt(HEADER_BYTES - 8 + bytes).put(ascii("WAVE"));
    wav.put(ascii("fmt ")).putInt(FORMAT_BYTES).putShort(PCM).putShort((short) 1);
    wav.putInt(rate).putInt(rate * Short.BYTES).putShort((short) Short.BYTES);
    wav.putShort((short) Short.SIZE).put(ascii("data")).putInt(bytes);
    for (float sample : samples) {
      wav.putShort((short) Math.round(sample * LOUDEST));
    }
    Files.write(file, wav.array());
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
