package org.genrewise.check.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The most memory that a process of Linux ever had in the machine, as its kernel counts it. */
public final class PeakMemory {
  private static final Path STATUS = Path.of("/proc/self/status");

  private PeakMemory() {}

  /**
   * Of this process since its start, in bytes, without the processes that it has started; empty
   * where the system does not tell.
   */
  public static Optional<Long> ofThisProcess() {
    try {
      return of(Files.readString(STATUS));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Reads the line {@code VmHWM} of a status file. */
  static Optional<Long> of(String status) {
    return status
        .lines()
        .filter(line -> line.startsWith("VmHWM:") && line.endsWith(" kB"))
        .map(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
        .findFirst();
  }
}
