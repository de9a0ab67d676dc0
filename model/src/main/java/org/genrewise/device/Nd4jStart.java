package org.genrewise.device;

import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.nd4j.common.config.ND4JClassLoading;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOps;
import org.nd4j.nativeblas.NativeOpsHolder;

/** Starts ND4J on a device, and makes sure that it did. */
final class Nd4jStart {
  private Nd4jStart() {}

  /**
   * Starts it, unless it has started already.
   *
   * @param runtime for GPUs
   * @throws DeviceException if it runs on something else
   */
  static void on(Device device, Optional<GpuRuntime> runtime) {
    // The thread that starts ND4J is bound to CUDA's first GPU for good, so it must not be one that
    // computes later.
    FutureTask<Void> start =
        new FutureTask<>(
            () -> {
              start(device);
              device.card().ifPresent(gpu -> runtime.orElseThrow().use(gpu.ordinal()));
              return null;
            });
    Thread thread = new Thread(start, "ND4J start");
    thread.setContextClassLoader(Thread.currentThread().getContextClassLoader());
    thread.start();
    try {
      start.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DeviceException("interrupted while ND4J was starting", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof DeviceException cause) {
        throw cause;
      }
      throw new DeviceException(
          "ND4J does not start on %s: %s".formatted(device.text(), rootOf(e.getCause()).toString()),
          e.getCause());
    }
  }

  private static Throwable rootOf(Throwable fault) {
    Throwable root = fault;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }

  private static void start(Device device) {
    ClassLoader before = ND4JClassLoading.getNd4jClassloader();
    ClassLoader all = before == null ? Nd4jStart.class.getClassLoader() : before;
    String backend;
    try {
      ND4JClassLoading.setNd4jClassloader(new OneBackend(device.kind().backend(), all));
      backend = Nd4j.getBackend().getClass().getName();
    } finally {
      ND4JClassLoading.setNd4jClassloader(all);
    }
    requireBackend(device, backend);
    device.card().ifPresent(Nd4jStart::requireCard);
  }

  /** ND4J may have started before anyone asked, or in spite of it. */
  static void requireBackend(Device device, String backend) {
    if (!backend.equals(device.kind().backend())) {
      throw new DeviceException(
          "networks should run on %s, but ND4J runs on %s in this process; start another process"
              .formatted(device.text(), backend.substring(backend.lastIndexOf('.') + 1)));
    }
  }

  private static void requireCard(Gpu gpu) {
    NativeOps cuda = NativeOpsHolder.getInstance().getDeviceNativeOps();
    int ordinal = gpu.ordinal();
    requireCard(
        gpu,
        ordinal < cuda.getAvailableDevices() ? cuda.getDeviceName(ordinal) : "nothing",
        new ComputeCapability(cuda.getDeviceMajor(ordinal), cuda.getDeviceMinor(ordinal)));
  }

  static void requireCard(Gpu gpu, String name, ComputeCapability capability) {
    if (!capability.equals(gpu.capability())) {
      throw new DeviceException(
          "GPU number %d is %s to nvidia-smi, and %s (compute capability %s) to CUDA; set CUDA_DEVICE_ORDER=PCI_BUS_ID in the environment, so that both count alike"
              .formatted(gpu.index(), gpu.text(), name, capability));
    }
  }
}
