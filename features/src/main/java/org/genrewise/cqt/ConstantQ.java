package org.genrewise.cqt;

import java.util.ArrayList;
import java.util.List;

/**
 * The constant-Q transform, as magnitudes: a filter a note, each as long as the same number of
 * periods. It agrees with {@code abs(librosa.cqt(...))} of librosa 0.11 with default arguments.
 *
 * <p>The highest octave is computed first; then the sample rate is halved and the next octave
 * computed with filters of the same length, and so on (Schörkhuber and Klapuri, "Constant-Q
 * transform toolbox for music processing", 2010; librosa's {@code core/constantq.py}).
 *
 * <p>Immutable; one instance serves any number of threads.
 */
public final class ConstantQ {
  private final CqtSettings settings;
  private final List<Level> levels;

  public ConstantQ(CqtSettings settings) {
    this.settings = settings;
    this.levels = levels(settings);
  }

  public CqtSettings settings() {
    return settings;
  }

  /**
   * Transforms audio that is whole in memory.
   *
   * @param samples mono, at the settings' sample rate
   * @return magnitudes, with {@code 1 + samples.length / hopLength} frames
   * @throws IllegalArgumentException if there are no samples, or some are not finite
   */
  public Spectrogram transform(float[] samples) {
    ConstantQRun run =
        new ConstantQRun(settings, levels, 1 + samples.length / settings.hopLength());
    run.accept(samples, 0, samples.length);
    return run.finish();
  }

  /** Begins a transform of audio that arrives in pieces. */
  public ConstantQRun start() {
    return new ConstantQRun(settings, levels, 0);
  }

  private static List<Level> levels(CqtSettings settings) {
    List<Level> levels = new ArrayList<>();
    int early = settings.earlyHalvings();
    int hop = settings.hopLength();
    int halvings = 0;
    int delay = 0;
    for (int octave = 0; octave < settings.octaves(); ) {
      List<FilterBank> banks = new ArrayList<>();
      boolean halve = hop % 2 == 0;
      if (halvings >= early) {
        do {
          banks.addAll(banks(settings, octave++, halvings, early));
        } while (!halve && octave < settings.octaves());
      }
      Level level = Level.of(hop, delay, banks, octave == settings.octaves());
      levels.add(level);
      delay = level.nextDelay();
      hop /= 2;
      halvings++;
    }
    return List.copyOf(levels);
  }

  /** The filters of an octave, 0 being the highest; two banks if both parities occur. */
  private static List<FilterBank> banks(CqtSettings settings, int octave, int halvings, int early) {
    double rate = settings.sampleRate() / Math.pow(2, halvings);
    int end = settings.bins() - octave * settings.binsPerOctave();
    int begin = Math.max(0, end - settings.binsPerOctave());
    double longest = settings.quality() * rate / settings.frequency(begin);
    int frame = 1 << (int) Math.ceil(Math.log(longest) / Math.log(2));
    List<FilterBank> banks = new ArrayList<>();
    for (int parity = 0; parity < 2; parity++) {
      List<Integer> bins = new ArrayList<>();
      List<Kernel> kernels = new ArrayList<>();
      for (int bin = begin; bin < end; bin++) {
        double length = settings.quality() * rate / settings.frequency(bin);
        // Both the octave's gain and the division by the root of the filter's length are relative
        // to the rate after the early halvings.
        double scale = Math.pow(2, halvings - early);
        double gain = Math.sqrt(scale) / Math.sqrt(length * scale);
        Kernel kernel = Kernel.of(length, settings.frequency(bin) / rate, frame, gain);
        if (kernel.parity() == parity) {
          bins.add(bin);
          kernels.add(kernel);
        }
      }
      if (!bins.isEmpty()) {
        banks.add(new FilterBank(bins, kernels));
      }
    }
    return banks;
  }
}
