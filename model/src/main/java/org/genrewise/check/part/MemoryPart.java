package org.genrewise.check.part;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.bytedeco.javacpp.Pointer;
import org.genrewise.check.CheckPart;
import org.genrewise.check.CheckSettings;
import org.genrewise.check.PartContext;
import org.genrewise.device.GpuMonitor;
import org.genrewise.device.GpuUse;
import org.genrewise.device.ProcessDevice;
import org.genrewise.network.Precision;

/**
 * Peaks of memory at the largest batch: of the GPU as nvidia-smi sees it, with all that its other
 * processes hold, and of this process in the machine.
 */
public final class MemoryPart implements CheckPart {
  private static final Duration LOOKS = Duration.ofMillis(200);

  /** Long enough for some looks. */
  private static final Duration SHORTEST = Duration.ofSeconds(3);

  private static final double GIGABYTE = 1e9;

  private final Precision precision;

  /**
   * What was measured, and in which network.
   *
   * @param deviceBytesBefore in use on the GPU before this process's networks
   */
  record Found(String width, int inputSize, Optional<Long> deviceBytesBefore, List<Peak> peaks) {}

  /**
   * One measurement.
   *
   * @param work inference or training
   * @param devicePeakBytes of the GPU; absent where there is none, or nvidia-smi does not tell
   * @param deviceUtilisation mean share of time in which the GPU computed, 0 to 1
   * @param processBytes of the machine's memory, at the end
   */
  record Peak(
      String work,
      int batch,
      Optional<Long> devicePeakBytes,
      Optional<Double> deviceUtilisation,
      long processBytes) {}

  public MemoryPart(Precision precision) {
    this.precision = precision;
  }

  @Override
  public String name() {
    return Names.of("memory", precision);
  }

  @Override
  public void run(PartContext context) throws Exception {
    CheckSettings settings = context.settings();
    int batch = Collections.max(settings.batches(context.decideDevice().device().kind()));
    GpuMonitor monitor = ProcessDevice.watch(LOOKS);
    if (monitor != GpuMonitor.NONE) {
      TimeUnit.MILLISECONDS.sleep(SHORTEST.toMillis());
    }
    Optional<Long> before = peak(monitor.take());
    List<Peak> peaks = new ArrayList<>();
    try (Networks networks = new Networks(settings.network(), precision)) {
      for (String work : Networks.WORKS) {
        context.progress(
            (double) peaks.size() / Networks.WORKS.size(),
            "%s, batches of %d".formatted(work, batch));
        run(networks.begin(work, batch), monitor == GpuMonitor.NONE ? Duration.ZERO : SHORTEST);
        GpuUse use = monitor.take();
        peaks.add(
            new Peak(
                work,
                batch,
                peak(use),
                Optional.of(use).filter(GpuUse::isKnown).map(GpuUse::utilisation),
                Pointer.physicalBytes()));
        context.results(
            new Found(settings.width().toString(), settings.inputSize(), before, peaks));
      }
    }
    context.summary(
        String.join(
            ", ", peaks.stream().map(peak -> "%s %s".formatted(peak.work, text(peak))).toList()));
  }

  private static void run(Callable<?> step, Duration shortest) throws Exception {
    long begin = System.nanoTime();
    do {
      step.call();
    } while (System.nanoTime() - begin < shortest.toNanos());
  }

  private static Optional<Long> peak(GpuUse use) {
    return use.isKnown() ? Optional.of(use.peakBytes()) : Optional.empty();
  }

  private static String text(Peak peak) {
    String process = "%.2f GB of the machine".formatted(peak.processBytes / GIGABYTE);
    return peak.devicePeakBytes
        .map(bytes -> "%.2f GB of the GPU, ".formatted(bytes / GIGABYTE))
        .orElse("")
        .concat(process)
        .concat(" at batches of " + peak.batch);
  }
}
