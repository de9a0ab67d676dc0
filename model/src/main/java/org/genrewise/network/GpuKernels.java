package org.genrewise.network;

import java.util.Optional;
import java.util.ServiceLoader;

/** The GPU's side of {@link Kernels}. Builds for GPUs bring one, and it is found as a service. */
public interface GpuKernels {

  Kernels of(Precision precision);

  /** What this build brings. */
  static Optional<GpuKernels> ofBuild() {
    return Found.INSTANCE;
  }

  static GpuKernels found() {
    return ofBuild()
        .orElseThrow(() -> new IllegalStateException("this build has no kernels for GPUs"));
  }

  /** Looked for once. */
  final class Found {
    private static final Optional<GpuKernels> INSTANCE =
        ServiceLoader.load(GpuKernels.class, GpuKernels.class.getClassLoader()).findFirst();

    private Found() {}
  }
}
