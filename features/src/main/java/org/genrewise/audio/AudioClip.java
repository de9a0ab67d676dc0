package org.genrewise.audio;

import java.util.Arrays;
import java.util.List;

/**
 * Audio held whole in memory. The array is not copied.
 *
 * @param samples mono, nominally in -1..1
 * @param sampleRate in hertz, positive
 * @param warnings see {@link AudioStream#warnings()}
 */
public record AudioClip(float[] samples, int sampleRate, List<String> warnings) {

  public AudioClip {
    if (sampleRate <= 0) {
      throw new IllegalArgumentException("sample rate must be positive, not " + sampleRate);
    }
    warnings = List.copyOf(warnings);
  }

  /** Reads a stream to its end and closes it. */
  public static AudioClip readAll(AudioStream stream) throws AudioException {
    try (stream) {
      float[] samples = new float[1 << 16];
      int size = 0;
      int read;
      while ((read = stream.read(samples, size, samples.length - size)) >= 0) {
        size += read;
        if (size == samples.length) {
          samples = Arrays.copyOf(samples, size * 2);
        }
      }
      return new AudioClip(Arrays.copyOf(samples, size), stream.sampleRate(), stream.warnings());
    }
  }

  /** Length in seconds. */
  public double durationSeconds() {
    return (double) samples.length / sampleRate;
  }
}
