package org.genrewise.check.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Optional;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class PeakMemoryTest {

  @Test
  void theKernelCountsInKibibytes() {
    assertEquals(
        Optional.of(1234L * 1024), PeakMemory.of("VmPeak:\t 9999 kB\nVmHWM:\t    1234 kB\n"));
  }

  @Test
  void aSystemThatDoesNotTellHasNone() {
    assertEquals(Optional.empty(), PeakMemory.of("Name:\tjava\nVmRSS:\t 12 kB\n"));
    assertEquals(Optional.empty(), PeakMemory.of(""));
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aPeakOutlastsTheMemory() {
    long bytes = 300L << 20;
    long before = PeakMemory.ofThisProcess().orElseThrow();
    long used = Pointer.physicalBytes();
    byte[] memory = new byte[(int) bytes];
    Arrays.fill(memory, (byte) 1);
    assertEquals(1, memory[memory.length - 1]);
    long after = PeakMemory.ofThisProcess().orElseThrow();
    assertTrue(after >= before, before + " then " + after);
    assertTrue(after >= Math.min(used, before), used + " used, peak " + after);
    assertTrue(after >= bytes, "the peak is " + after);
  }
}
