package org.genrewise.cqt;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What must hold for any constant-Q transform. */
class ConstantQTest {
  private static final ConstantQ DEFAULT = new ConstantQ(CqtSettings.DEFAULT);

  @ParameterizedTest
  @CsvSource({
    "22050, 512, 32.7032, 84, 12",
    "22050, 256, 65.4064, 96, 24",
    "44100, 512, 55.0, 72, 12",
    "16000, 160, 110.0, 48, 12",
    "22050, 441, 220.0, 24, 12",
    "22050, 512, 130.8128, 108, 36",
    "48000, 1024, 32.7032, 20, 12"
  })
  void toneIsLoudestInItsBin(int rate, int hop, double fmin, int bins, int binsPerOctave) {
    CqtSettings settings = new CqtSettings(rate, hop, fmin, bins, binsPerOctave);
    ConstantQ transform = new ConstantQ(settings);
    for (int bin = 0; bin < bins; bin += 7) {
      Spectrogram magnitudes =
          transform.transform(Signals.tone(settings, settings.frequency(bin), 2 * rate));
      int middle = magnitudes.frames() / 2;
      int loudest = 0;
      for (int other = 1; other < bins; other++) {
        if (magnitudes.at(other, middle) > magnitudes.at(loudest, middle)) {
          loudest = other;
        }
      }
      assertEquals(bin, loudest, "bin of a tone of " + settings.frequency(bin) + " Hz");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 13, 40, 66, 83})
  void levelOfToneDoesNotDependOnTime(int bin) {
    CqtSettings settings = CqtSettings.DEFAULT;
    Spectrogram magnitudes =
        DEFAULT.transform(Signals.tone(settings, settings.frequency(bin), 6 * 22_050));
    double expected = magnitudes.at(bin, magnitudes.frames() / 2);
    for (int frame = 60; frame < magnitudes.frames() - 60; frame++) {
      assertEquals(expected, magnitudes.at(bin, frame), 1e-3 * expected);
    }
  }

  @Test
  void gainScalesMagnitudes() {
    float[] samples = Signals.noise(1, 50_000);
    float[] halved = new float[samples.length];
    for (int n = 0; n < samples.length; n++) {
      halved[n] = samples[n] / 2;
    }
    float[] whole = DEFAULT.transform(samples).values();
    float[] half = DEFAULT.transform(halved).values();
    for (int i = 0; i < whole.length; i++) {
      // Halving is exact in binary floating point, so equality is exact too.
      assertEquals(whole[i], 2 * half[i]);
    }
  }

  @Test
  void sumOfTonesFarApartHasBothLevels() {
    CqtSettings settings = CqtSettings.DEFAULT;
    float[] low = Signals.tone(settings, settings.frequency(24), 66_150);
    float[] high = Signals.tone(settings, settings.frequency(60), 66_150);
    float[] both = new float[low.length];
    for (int n = 0; n < both.length; n++) {
      both[n] = low[n] + high[n];
    }
    Spectrogram sum = DEFAULT.transform(both);
    int middle = sum.frames() / 2;
    assertEquals(DEFAULT.transform(low).at(24, middle), sum.at(24, middle), 2e-2);
    assertEquals(DEFAULT.transform(high).at(60, middle), sum.at(60, middle), 2e-2);
  }

  @Test
  void delayByWholeHopsShiftsFrames() {
    int hops = 37;
    float[] samples = Signals.noise(2, 200_000);
    float[] delayed = new float[samples.length + hops * 512];
    System.arraycopy(samples, 0, delayed, hops * 512, samples.length);
    Spectrogram first = DEFAULT.transform(samples);
    Spectrogram second = DEFAULT.transform(delayed);
    assertEquals(first.frames() + hops, second.frames());
    // Far from the edges, since there the signal is cut at every halving.
    for (int bin = 0; bin < first.bins(); bin++) {
      for (int frame = 50; frame < first.frames() - 5; frame++) {
        assertEquals(first.at(bin, frame), second.at(bin, frame + hops), 1e-5);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "22050, 512, 32.7032, 84, 12",
    "22050, 441, 220.0, 24, 12",
    "44100, 512, 55.0, 72, 12",
    "48000, 1024, 32.7032, 20, 12"
  })
  void aFrameSeesNoFurtherThanItsReach(int rate, int hop, double fmin, int bins, int perOctave) {
    ConstantQ transform = new ConstantQ(new CqtSettings(rate, hop, fmin, bins, perOctave));
    int margin = transform.reach() / hop + 1;
    int first = 7;
    int frames = 2 * margin + 9;
    float[] whole = Signals.noise(8, (first + frames + 300) * hop);
    Spectrogram expected = transform.transform(whole);
    Spectrogram excerpt =
        transform.transform(Arrays.copyOfRange(whole, first * hop, (first + frames) * hop));
    boolean edgesDiffer = false;
    for (int bin = 0; bin < bins; bin++) {
      for (int t = margin; t < frames - margin; t++) {
        assertEquals(expected.at(bin, first + t), excerpt.at(bin, t), 1e-6f);
      }
      edgesDiffer |=
          Math.abs(expected.at(bin, first + margin / 3) - excerpt.at(bin, margin / 3)) > 1e-3;
    }
    assertTrue(edgesDiffer, "the reach is much too long");
  }

  @Test
  void silenceIsSilent() {
    Spectrogram magnitudes = DEFAULT.transform(new float[30_000]);
    assertEquals(59, magnitudes.frames());
    assertArrayEquals(new float[84 * 59], magnitudes.values());
    assertArrayEquals(new float[84 * 59], Decibels.of(magnitudes).values());
  }

  @Test
  void constantOffsetIsNotHeardInTheMiddle() {
    float[] samples = new float[6 * 22_050];
    Arrays.fill(samples, 0.5f);
    Spectrogram magnitudes = DEFAULT.transform(samples);
    int middle = magnitudes.frames() / 2;
    for (int bin = 0; bin < 84; bin++) {
      assertTrue(magnitudes.at(bin, middle) < 0.02, "bin " + bin);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 511, 512, 4096, 100_000, 600_000})
  void piecesOfAnySizeGiveTheSameBits(int piece) {
    float[] samples = Signals.noise(3, 560_001);
    int length = piece == 1 ? 30_001 : samples.length;
    ConstantQRun run = DEFAULT.start();
    for (int n = 0; n < length; n += piece) {
      run.accept(samples, n, Math.min(piece, length - n));
    }
    Spectrogram whole = DEFAULT.transform(Arrays.copyOf(samples, length));
    Spectrogram pieces = run.finish();
    assertEquals(whole.frames(), pieces.frames());
    assertArrayEquals(whole.values(), pieces.values());
  }

  @Test
  void piecesOfRandomSizesGiveTheSameBitsForOtherSettings() {
    ConstantQ transform = new ConstantQ(new CqtSettings(22_050, 96, 110, 50, 12));
    float[] samples = Signals.noise(4, 200_003);
    Random random = new Random(5);
    ConstantQRun run = transform.start();
    for (int n = 0; n < samples.length; ) {
      int count = Math.min(random.nextInt(5000), samples.length - n);
      run.accept(samples, n, count);
      n += count;
    }
    assertArrayEquals(transform.transform(samples).values(), run.finish().values());
  }

  @Test
  void manyThreadsEqualOne() throws Exception {
    List<float[]> signals = new ArrayList<>();
    List<Callable<Spectrogram>> tasks = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      float[] samples = Signals.noise(i, 20_000 + 3000 * i);
      signals.add(samples);
      tasks.add(() -> DEFAULT.transform(samples));
    }
    ExecutorService threads = Executors.newWorkStealingPool(4);
    try {
      List<Future<Spectrogram>> results = threads.invokeAll(tasks);
      for (int i = 0; i < results.size(); i++) {
        assertArrayEquals(
            DEFAULT.transform(signals.get(i)).values(), results.get(i).get().values());
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void longKernelsLeaveNoThreadBehind() {
    new ConstantQ(new CqtSettings(22_050, 441, 65.4064, 24, 12));
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      // The names that JTransforms' thread pool gives.
      assertTrue(thread.isDaemon() || !thread.getName().startsWith("pool-"), thread.getName());
    }
  }

  @Test
  void refusesWhatIsNotAudio() {
    assertMessage("no samples", () -> DEFAULT.transform(new float[0]));
    float[] samples = Signals.noise(6, 5000);
    samples[4321] = Float.NaN;
    assertMessage("not finite", () -> DEFAULT.transform(samples));
    samples[4321] = Float.NEGATIVE_INFINITY;
    assertMessage("not finite", () -> DEFAULT.transform(samples));
  }

  @Test
  void finishedRunTakesNothingMore() {
    ConstantQRun run = DEFAULT.start();
    run.accept(new float[100], 0, 100);
    run.finish();
    assertThrows(IllegalStateException.class, () -> run.accept(new float[1], 0, 1));
    assertThrows(IllegalStateException.class, run::finish);
  }

  private static void assertMessage(String part, Runnable action) {
    String message = assertThrows(IllegalArgumentException.class, action::run).getMessage();
    assertTrue(message.contains(part), message);
  }
}
