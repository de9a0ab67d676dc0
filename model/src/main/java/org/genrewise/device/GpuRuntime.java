package org.genrewise.device;

import java.util.Optional;

/** What only builds for GPUs can do. They bring one, and it is found as a service. */
public interface GpuRuntime {

  /** Loads the GPU's libraries, but does not start ND4J; tells what failed. */
  Optional<String> problem();

  /**
   * Has all threads that come use one GPU. ND4J has started, in this thread.
   *
   * @param ordinal of the GPU, as CUDA counts
   * @throws DeviceException if they would not
   */
  void use(int ordinal);

  /**
   * Memory of the calling thread's GPU, now.
   *
   * @throws DeviceException if CUDA does not tell
   */
  GpuMemory memory();

  /** Versions of CUDA's run-time and of the one that the driver can serve; empty if unknown. */
  Optional<String> version();
}
