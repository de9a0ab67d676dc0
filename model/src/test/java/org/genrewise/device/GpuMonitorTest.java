package org.genrewise.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

class GpuMonitorTest {
  private static final long GB = 1_000_000_000L;

  @Test
  void looksAreAddedUpAndTakenOnce() {
    LinkedBlockingQueue<GpuUse> answers = new LinkedBlockingQueue<>();
    answers.add(GpuUse.of(0.5, 10 * GB, 40 * GB));
    answers.add(GpuUse.of(1, 30 * GB, 40 * GB));
    answers.add(GpuUse.of(0.9, 20 * GB, 40 * GB));
    GpuMonitor monitor = GpuMonitor.start(() -> taken(answers), Duration.ofMillis(1));

    await(() -> monitor.latest().peakBytes() == 20 * GB);
    GpuUse all = monitor.take();
    assertEquals(3, all.looks());
    assertEquals(0.8, all.utilisation(), 1e-9);
    assertEquals(30 * GB, all.peakBytes());
    assertFalse(monitor.take().isKnown());

    answers.add(GpuUse.of(0.1, GB, 40 * GB));
    await(() -> monitor.latest().peakBytes() == GB);
    assertEquals(GpuUse.of(0.1, GB, 40 * GB), monitor.take());
  }

  private static Optional<GpuUse> taken(LinkedBlockingQueue<GpuUse> answers) {
    try {
      return Optional.of(answers.take());
    } catch (InterruptedException e) {
      return Optional.empty();
    }
  }

  @Test
  void aCardThatNeverAnswersIsLeftAlone() {
    AtomicInteger asked = new AtomicInteger();
    GpuMonitor monitor =
        GpuMonitor.start(
            () -> {
              asked.incrementAndGet();
              return Optional.empty();
            },
            Duration.ofMillis(1));
    await(() -> asked.get() >= 3);
    int after = asked.get();
    assertTrue(after <= 3);
    assertFalse(monitor.latest().isKnown());
    assertFalse(monitor.take().isKnown());
  }

  @Test
  void withoutAGpuThereIsNothingToLookAt() {
    assertFalse(GpuMonitor.NONE.latest().isKnown());
    assertFalse(GpuMonitor.NONE.take().isKnown());
  }

  private static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + 20_000_000_000L;
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < end, "nothing happened");
      Thread.onSpinWait();
    }
  }
}
