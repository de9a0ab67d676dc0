package org.genrewise.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.genrewise.device.GpuUse;
import org.genrewise.training.optimiser.LossScaler;
import org.junit.jupiter.api.Test;

class ProgressLineTest {

  @Test
  void aGpuIsToldOfWhereOneIsKnown() {
    String without = line(GpuUse.NONE);
    assertTrue(without.endsWith("memory 2.0 GB, 40 s left"), without);
    assertFalse(without.contains("GPU"), without);
    String with = line(GpuUse.of(0.87, 12_300_000_000L, 40_000_000_000L));
    assertTrue(with.endsWith("memory 2.0 GB, GPU 87 %, 12.3 of 40.0 GB, 40 s left"), with);
  }

  @Test
  void replicasTellOfTheirGpusTogether() {
    GpuUse both = result(GpuUse.of(0.5, 10, 40)).plus(result(GpuUse.of(0.7, 30, 40))).gpu();
    assertEquals(2, both.looks());
    assertEquals(0.6, both.utilisation(), 1e-9);
    assertEquals(30, both.peakBytes());
    assertEquals(List.of("cpu"), result(GpuUse.NONE).plus(result(GpuUse.NONE)).devices());
    assertFalse(result(GpuUse.NONE).plus(result(GpuUse.NONE)).gpu().isKnown());
  }

  private static RoundResult result(GpuUse gpu) {
    return new RoundResult(
        Totals.NONE, 1, 1, new LossScaler.State(1, 0, 0), 0.1, 1, gpu, List.of("cpu"));
  }

  private static String line(GpuUse gpu) {
    List<String> lines = new ArrayList<>();
    new ProgressLine(lines::add, Duration.ZERO)
        .stepEnded(new TrainingProgress(1, 2, 8, 16, 0.5, 0.1, 1, 0, 2_000_000_000L, gpu, 4, 40));
    return lines.get(0);
  }
}
