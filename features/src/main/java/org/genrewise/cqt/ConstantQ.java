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

  /**
   * How far a frame sees: samples further than this from its centre, on either side, change nothing
   * in it. The lowest note decides (0.6 s at the defaults).
   */
  public int reach() {
    int furthest = 0;
    int halving = 0;
    for (int i = 0; i < levels.size(); i++) {
      furthest = Math.max(furthest, halving + (levels.get(i).reach() << i));
      halving += LowPass.HALF_BAND.reach() << i;
    }
    return furthest;
  }

  /** Begins a transform of audio that arrives in pieces. */
  public ConstantQRun start() {
    return new ConstantQRun(settings, levels, 0);
  }

  private static List<Level> levels(CqtSettings settings) {
    int early = settings.earlyHalvings();
    List<List<FilterBank>> banks = new ArrayList<>();
    for (int i = 0; i < Math.max(1, settings.halvings()); i++) {
      banks.add(new ArrayList<>());
    }
    for (int octave = 0; octave < settings.octaves(); octave++) {
      int halvings = Math.min(early + octave, settings.halvings());
      banks.get(Math.max(0, halvings - 1)).addAll(banks(settings, octave, halvings));
    }
    List<Level> levels = new ArrayList<>();
    int delay = 0;
    for (int i = 0; i < banks.size(); i++) {
      levels.add(Level.of(settings.hopLength() >> i, delay, List.copyOf(banks.get(i))));
      delay = Level.delayBelow(delay);
    }
    return List.copyOf(levels);
  }

  /** The filters of an octave, 0 being the highest; two banks if both parities occur. */
  private static List<FilterBank> banks(CqtSettings settings, int octave, int halvings) {
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
        // Each octave below the first gains the root of two; each filter is divided by the root of
        // its length at the first octave's rate. Together that is the length at its own rate.
        double scale = 1 / Math.sqrt(length);
        Kernel kernel = Kernel.of(length, settings.frequency(bin) / rate, frame, scale);
        if (kernel.parity() == parity) {
          bins.add(bin);
          kernels.add(kernel);
        }
      }
      if (!bins.isEmpty()) {
        banks.add(
            halvings == 0
                ? FilterBank.direct(bins, kernels)
                : FilterBank.resampled(bins, kernels, settings.hopLength() >> halvings));
      }
    }
    return banks;
  }
}
