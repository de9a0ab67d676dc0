package org.genrewise.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.bytedeco.javacpp.Pointer;
import org.genrewise.device.GpuMemory;
import org.genrewise.device.ProcessDevice;

/** Memory of this machine, this process and its GPU, in bytes. */
final class Memory {
  private static final Path MACHINE = Path.of("/proc/meminfo");
  private static final Path CONTAINER_LIMIT = Path.of("/sys/fs/cgroup/memory.max");
  private static final Path CONTAINER_USE = Path.of("/sys/fs/cgroup/memory.current");

  private Memory() {}

  /** What is occupied where networks compute: on a GPU by all processes, else by this one. */
  static long usedByNetworks() {
    return ProcessDevice.gpuMemory().map(GpuMemory::usedBytes).orElseGet(Memory::used);
  }

  /** What networks can still have where they compute. */
  static long freeForNetworks() {
    return ProcessDevice.gpuMemory().map(GpuMemory::freeBytes).orElseGet(Memory::free);
  }

  /** What this process occupies. */
  static long used() {
    return Pointer.physicalBytes();
  }

  /**
   * What this process can still have: the least of what the machine, the container and JavaCPP's
   * limit leave.
   */
  static long free() {
    long free = machine();
    OptionalLong limit = number(CONTAINER_LIMIT);
    OptionalLong use = number(CONTAINER_USE);
    if (limit.isPresent() && use.isPresent()) {
      free = Math.min(free, limit.getAsLong() - use.getAsLong());
    }
    long allowed = Pointer.maxPhysicalBytes();
    if (allowed > 0) {
      free = Math.min(free, allowed - used());
    }
    return Math.max(0, free);
  }

  private static long machine() {
    try {
      for (String line : Files.readAllLines(MACHINE)) {
        if (line.startsWith("MemAvailable:")) {
          return Long.parseLong(line.replaceAll("\\D", "")) << 10;
        }
      }
    } catch (IOException | NumberFormatException e) {
      // not Linux: nothing is known, so JavaCPP's own count has to do
    }
    return Math.max(0, Pointer.totalPhysicalBytes() - used());
  }

  private static OptionalLong number(Path file) {
    try {
      return OptionalLong.of(Long.parseLong(Files.readString(file).strip()));
    } catch (IOException | NumberFormatException e) {
      return OptionalLong.empty();
    }
  }
}
