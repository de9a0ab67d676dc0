package org.genrewise.device;

/**
 * Memory of a GPU.
 *
 * @param freeBytes that nobody has
 * @param totalBytes of the whole GPU
 */
public record GpuMemory(long freeBytes, long totalBytes) {

  /** What all processes on it have. */
  public long usedBytes() {
    return totalBytes - freeBytes;
  }
}
