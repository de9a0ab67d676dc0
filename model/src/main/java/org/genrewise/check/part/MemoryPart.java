package org.genrewise.check.part;

import java.time.Duration;
import java.util.Collections;
import java.util.Locale;
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
 * Peaks of memory at the largest batch: of the GPU as nvidia-smi sees it, with all that other
 * processes hold, and of this process in the machine. One kind of work a process, as the memory of
 * another one would count too.
 */
public final class MemoryPart implements CheckPart {
  private static final Duration LOOKS = Duration.ofMillis(200);

  /** Long enough for some looks. */
  private static final Duration SHORTEST = Duration.ofSeconds(3);

  private static final double GIGABYTE = 1e9;

  private final Networks.Work work;
  private final Precision precision;

  /**
   * What was measured, and of what.
   *
   * @param deviceBytesBefore in use on the GPU before there was a network
   * @param devicePeakBytes of the GPU while the network worked; absent where there is none, or
   *     nvidia-smi does not tell
   * @param deviceUtilisation mean share of time in which the GPU computed, 0 to 1
   * @param processBytes of the machine's memory, at the end
   */
  record Found(
      String width,
      int inputSize,
      String work,
      String precision,
      int batch,
      Optional<Long> deviceBytesBefore,
      Optional<Long> devicePeakBytes,
      Optional<Double> deviceUtilisation,
      long processBytes) {}

  public MemoryPart(Networks.Work work, Precision precision) {
    this.work = work;
    this.precision = precision;
  }

  @Override
  public String name() {
    return Names.of("memory-" + work.text(), precision);
  }

  @Override
  public void run(PartContext context) throws Exception {
    CheckSettings settings = context.settings();
    int batch = Collections.max(settings.batches(context.decideDevice().device().kind()));
    GpuMonitor monitor = ProcessDevice.watch(LOOKS);
    Duration shortest = monitor == GpuMonitor.NONE ? Duration.ZERO : SHORTEST;
    TimeUnit.NANOSECONDS.sleep(shortest.toNanos());
    GpuUse before = monitor.take();
    try (Networks networks = new Networks(settings.network(), precision)) {
      Callable<?> step = networks.begin(work, batch);
      // making a network takes other memory than using it
      monitor.take();
      run(step, shortest);
      GpuUse use = monitor.take();
      Found found =
          new Found(
              settings.width().toString(),
              settings.inputSize(),
              work.text(),
              precision.name().toLowerCase(Locale.ROOT),
              batch,
              peak(before),
              peak(use),
              Optional.of(use).filter(GpuUse::isKnown).map(GpuUse::utilisation),
              Pointer.physicalBytes());
      context.results(found);
      context.summary(summary(found));
    }
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

  private static String summary(Found found) {
    return found
        .devicePeakBytes
        .map(bytes -> "%.2f GB of the GPU, ".formatted(bytes / GIGABYTE))
        .orElse("")
        .concat("%.2f GB of the machine".formatted(found.processBytes / GIGABYTE))
        .concat(" at batches of " + found.batch);
  }
}
