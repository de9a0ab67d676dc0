package org.genrewise.cqt;

import java.util.Random;

/** Signals for tests. */
final class Signals {
  private Signals() {}

  static float[] tone(CqtSettings settings, double frequency, int length) {
    float[] samples = new float[length];
    for (int n = 0; n < length; n++) {
      samples[n] = (float) Math.sin(2 * Math.PI * frequency * n / settings.sampleRate());
    }
    return samples;
  }

  static float[] noise(long seed, int length) {
    Random random = new Random(seed);
    float[] samples = new float[length];
    for (int n = 0; n < length; n++) {
      samples[n] = (float) (0.2 * random.nextGaussian());
    }
    return samples;
  }

  /** The signal that make_settings.py describes. */
  static float[] librosaReference(int sampleRate, int length) {
    float[] samples = new float[length];
    long x = 1;
    for (int n = 0; n < length; n++) {
      x = (1664525 * x + 1013904223) % (1L << 32);
      double noise = x / (double) (1L << 31) - 1;
      double t = 2 * Math.PI * n / sampleRate;
      samples[n] =
          (float)
              (0.3 * Math.sin(220 * t)
                  + 0.2 * Math.sin(587.33 * t)
                  + 0.1 * Math.sin(1318.51 * t)
                  + 0.1 * noise);
    }
    return samples;
  }
}
