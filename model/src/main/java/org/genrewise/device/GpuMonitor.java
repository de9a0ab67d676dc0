package org.genrewise.device;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Looks at a GPU now and then, on a thread of its own, so that asking costs nothing. A GPU that
 * does not answer is left alone after a while.
 */
public final class GpuMonitor {

  /** Where there is no GPU to look at. */
  public static final GpuMonitor NONE = new GpuMonitor();

  private static final int PATIENCE = 3;

  private GpuUse latest = GpuUse.NONE;
  private GpuUse since = GpuUse.NONE;

  private GpuMonitor() {}

  /**
   * Begins to look.
   *
   * @param source one look; empty if it failed
   * @param interval between two looks
   */
  static GpuMonitor start(Supplier<Optional<GpuUse>> source, Duration interval) {
    GpuMonitor monitor = new GpuMonitor();
    Thread thread = new Thread(() -> monitor.look(source, interval), "GPU monitor");
    thread.setDaemon(true);
    thread.start();
    return monitor;
  }

  private void look(Supplier<Optional<GpuUse>> source, Duration interval) {
    int failures = 0;
    while (failures < PATIENCE) {
      Optional<GpuUse> use = source.get();
      failures = use.isPresent() ? 0 : failures + 1;
      use.ifPresent(this::add);
      try {
        TimeUnit.NANOSECONDS.sleep(interval.toNanos());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
    lost();
  }

  private synchronized void add(GpuUse use) {
    latest = use;
    since = since.plus(use);
  }

  private synchronized void lost() {
    latest = GpuUse.NONE;
  }

  /** The last look. */
  public synchronized GpuUse latest() {
    return latest;
  }

  /** All looks since this was called before, together. */
  public synchronized GpuUse take() {
    GpuUse taken = since;
    since = GpuUse.NONE;
    return taken;
  }
}
