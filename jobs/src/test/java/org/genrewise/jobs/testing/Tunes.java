package org.genrewise.jobs.testing;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;

/** A tiny library in three classes that ears and networks tell apart at once. */
public final class Tunes {
  private static final int SAMPLE_RATE = 22_050;

  private Tunes() {}

  /** Writes low/, high/ and noise/, each with some WAV files. */
  public static Path write(Path root, int tracksPerClass, double seconds) throws IOException {
    Random random = new Random(7);
    for (int i = 0; i < tracksPerClass; i++) {
      double step = Math.pow(2, random.nextInt(12) / 12.0);
      wav(root.resolve("low/track%02d.wav".formatted(i)), tones(65 * step, seconds, random));
      wav(root.resolve("high/track%02d.wav".formatted(i)), tones(700 * step, seconds, random));
      wav(root.resolve("noise/track%02d.wav".formatted(i)), noise(seconds, random));
    }
    return root;
  }

  /** Half-second notes over the octave above a frequency. */
  private static double[] tones(double lowest, double seconds, Random random) {
    double[] samples = new double[(int) (seconds * SAMPLE_RATE)];
    int note = SAMPLE_RATE / 2;
    double frequency = lowest;
    for (int i = 0; i < samples.length; i++) {
      if (i % note == 0) {
        frequency = lowest * Math.pow(2, random.nextInt(12) / 12.0);
      }
      double fade = Math.exp(-3.0 * (i % note) / note);
      samples[i] = 0.5 * fade * Math.sin(2 * Math.PI * frequency * i / SAMPLE_RATE);
    }
    return samples;
  }

  private static double[] noise(double seconds, Random random) {
    double[] samples = new double[(int) (seconds * SAMPLE_RATE)];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = 0.2 * random.nextGaussian();
    }
    return samples;
  }

  private static void wav(Path file, double[] samples) throws IOException {
    byte[] bytes = new byte[samples.length * 2];
    for (int i = 0; i < samples.length; i++) {
      int value = (int) Math.round(Math.max(-1, Math.min(1, samples[i])) * 32_767);
      bytes[2 * i] = (byte) value;
      bytes[2 * i + 1] = (byte) (value >> 8);
    }
    Files.createDirectories(file.getParent());
    AudioFormat format = new AudioFormat(SAMPLE_RATE, 16, 1, true, false);
    AudioSystem.write(
        new AudioInputStream(new ByteArrayInputStream(bytes), format, samples.length),
        AudioFileFormat.Type.WAVE,
        file.toFile());
  }
}
