package org.genrewise.audio;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResamplerTest {
  private static final int TARGET = 22_050;

  /**
   * Rates met in the wild, and some (22254, 44099, 47999, 1234567) whose ratio has no small
   * numbers.
   */
  @ParameterizedTest
  @ValueSource(
      ints = {
        4000, 8000, 11025, 12000, 16000, 22050, 22254, 24000, 32000, 37800, 44056, 44099, 44100,
        47999, 48000, 64000, 88200, 96000, 176400, 192000, 384000, 1234567, 1411200
      })
  void keepsToneAtItsAmplitudeAndPhase(int rate) {
    double frequency = Math.min(0.39 * rate, 9000);
    float[] output = resample(tone(rate, frequency, 0.6), rate, TARGET);
    int edge = (int) (0.2 * TARGET);
    double worst = 0;
    for (int k = edge; k < output.length - edge; k++) {
      double expected = Math.sin(2 * Math.PI * frequency * k / TARGET);
      worst = Math.max(worst, Math.abs(output[k] - expected));
    }
    assertEquals(0, worst, 1e-5);
  }

  @ParameterizedTest
  @ValueSource(ints = {24000, 32000, 44056, 44100, 48000, 96000, 192000, 384000})
  void removesWhatTheNewRateCannotHold(int rate) {
    double frequency = Math.min(TARGET / 2.0 + 20, 0.49 * rate);
    float[] output = resample(tone(rate, frequency, 0.6), rate, TARGET);
    assertTrue(decibels(output) < -100, () -> decibels(output) + " dB of the tone are left");
  }

  @ParameterizedTest
  @ValueSource(ints = {4000, 8000, 11025, 16000})
  void addsNoImagesAboveTheOldRate(int rate) {
    double frequency = 0.4 * rate;
    float[] output = resample(tone(rate, frequency, 0.6), rate, TARGET);
    double[] error = new double[output.length];
    for (int k = 0; k < output.length; k++) {
      error[k] = output[k] - Math.sin(2 * Math.PI * frequency * k / TARGET);
    }
    // What is left after the tone itself holds every image.
    double power = 0;
    int edge = (int) (0.2 * TARGET);
    for (int k = edge; k < error.length - edge; k++) {
      power += error[k] * error[k] / (error.length - 2 * edge);
    }
    double level = 10 * Math.log10(power / 0.5);
    assertTrue(level < -100, () -> level + " dB of images");
  }

  @ParameterizedTest
  @CsvSource({
    "44100, 22050, 44100, 22050",
    "44100, 22050, 44101, 22051",
    "48000, 22050, 1, 1",
    "48000, 22050, 100000, 45938",
    "44099, 22050, 100000, 50002",
    "11025, 22050, 777, 1554",
    "22050, 22050, 50001, 50001",
    "44100, 22050, 0, 0",
    "8000, 48000, 1001, 6006"
  })
  void givesAsManySamplesAsLibrosa(int from, int to, int samples, int expected) {
    assertEquals(expected, resample(new float[samples], from, to).length);
  }

  @ParameterizedTest
  @ValueSource(ints = {11025, 22050, 44099, 44100, 48000})
  void doesNotDependOnHowTheSignalIsCut(int rate) {
    float[] input = noise(rate, 3 * rate);
    float[] whole = resample(input, rate, TARGET);
    Resampler resampler = new Resampler(rate, TARGET);
    Random random = new Random(5);
    float[] output = new float[whole.length + 10];
    int written = 0;
    int read = 0;
    while (true) {
      int count =
          resampler.read(output, read, Math.min(random.nextInt(7000) + 1, output.length - read));
      read += count;
      if (count > 0) {
        continue;
      }
      if (written == input.length) {
        resampler.finish();
        if ((count = resampler.read(output, read, output.length - read)) == 0) {
          break;
        }
        read += count;
      } else {
        int length = Math.min(random.nextInt(5000) + 1, input.length - written);
        written += resampler.write(input, written, length);
      }
    }
    assertEquals(whole.length, read);
    assertArrayEquals(whole, Arrays.copyOf(output, read));
  }

  @Test
  void equalRatesChangeNothing() {
    float[] input = noise(1, 40_000);
    assertArrayEquals(input, resample(input, TARGET, TARGET));
  }

  @Test
  void keepsConstantLevelExactly() {
    float[] input = new float[96_000];
    Arrays.fill(input, 0.25f);
    float[] output = resample(input, 48_000, TARGET);
    for (int k = 1000; k < output.length - 1000; k++) {
      assertEquals(0.25f, output[k], 1e-6f);
    }
  }

  static float[] resample(float[] input, int from, int to) {
    Resampler resampler = new Resampler(from, to);
    float[] output = new float[(int) ((long) input.length * to / from) + 10];
    int written = 0;
    int read = 0;
    boolean finished = false;
    while (true) {
      int count = resampler.read(output, read, output.length - read);
      read += count;
      if (count == 0 && finished) {
        return Arrays.copyOf(output, read);
      }
      if (count == 0 && written == input.length) {
        resampler.finish();
        finished = true;
      } else if (count == 0) {
        written += resampler.write(input, written, input.length - written);
      }
    }
  }

  private static float[] tone(int rate, double frequency, double seconds) {
    float[] samples = new float[(int) (rate * seconds)];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (float) Math.sin(2 * Math.PI * frequency * i / rate);
    }
    return samples;
  }

  private static float[] noise(long seed, int length) {
    Random random = new Random(seed);
    float[] samples = new float[length];
    for (int i = 0; i < length; i++) {
      samples[i] = random.nextFloat() - 0.5f;
    }
    return samples;
  }

  /** Power of the middle of a signal, relative to a full-scale tone. */
  private static double decibels(float[] samples) {
    int edge = (int) (0.2 * TARGET);
    double power = 0;
    for (int k = edge; k < samples.length - edge; k++) {
      power += (double) samples[k] * samples[k] / (samples.length - 2 * edge);
    }
    return 10 * Math.log10(power / 0.5);
  }
}
