package org.genrewise.device;

import java.time.Duration;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * The device of this process. It is decided once, before ND4J starts, and stays: ND4J cannot change
 * it.
 */
public final class ProcessDevice {
  private static final Duration LOOKS = Duration.ofSeconds(5);

  private static volatile DeviceDecision decided;
  private static GpuMonitor monitor = GpuMonitor.NONE;

  private ProcessDevice() {}

  /**
   * Decides, and starts ND4J on it. Later calls give what was decided.
   *
   * @param address the GPU that Spark gave this process, by index or UUID
   * @throws DeviceException if the choice cannot be had, or is not what was decided before
   */
  public static synchronized DeviceDecision decide(DeviceChoice choice, Optional<String> address) {
    if (decided == null) {
      decided = decide(choice, address, DeviceBuild.current(), NvidiaSmi.onPath(), runtime());
    }
    requireSame(choice, address, decided.device());
    return decided;
  }

  private static DeviceDecision decide(
      DeviceChoice choice,
      Optional<String> address,
      DeviceBuild build,
      NvidiaSmi program,
      Optional<GpuRuntime> runtime) {
    Detection detection =
        choice == DeviceChoice.CPU ? Detection.none("nobody looked") : program.detect();
    DeviceDecision decision = DeviceDecision.of(choice, build, detection, address);
    Optional<String> problem =
        decision.device().card().flatMap(gpu -> runtime.orElseThrow().problem());
    if (problem.isPresent()) {
      decision = decision.without(choice, problem.get());
    }
    Nd4jStart.on(decision.device(), runtime);
    return decision;
  }

  private static Optional<GpuRuntime> runtime() {
    return ServiceLoader.load(GpuRuntime.class, ProcessDevice.class.getClassLoader()).findFirst();
  }

  static void requireSame(DeviceChoice choice, Optional<String> address, Device device) {
    if (choice == DeviceChoice.CPU && device.kind() != Device.Kind.CPU
        || choice == DeviceChoice.CUDA && device.kind() != Device.Kind.CUDA) {
      throw new DeviceException(
          "--device %s cannot be had: this process computes on %s already; start another one"
              .formatted(choice.text(), device.text()));
    }
    if (device.kind() == Device.Kind.CUDA
        && address.isPresent()
        && !device.gpu().hasAddress(address.get())) {
      throw new DeviceException(
          "this executor computes on GPU number %d, and Spark gave its task another, %s; give an executor one GPU: spark.executor.resource.gpu.amount = 1"
              .formatted(device.gpu().index(), address.get()));
    }
  }

  /** What was decided; as {@link DeviceChoice#AUTO} says if nothing was. */
  public static Device device() {
    return decide(DeviceChoice.AUTO, Optional.empty()).device();
  }

  /** What was decided, if anything was; decides nothing. */
  public static Optional<Device> decided() {
    return Optional.ofNullable(decided).map(DeviceDecision::device);
  }

  /** Looks at this process's GPU, from the first call on; at nothing if it has none. */
  public static synchronized GpuMonitor monitor() {
    if (monitor == GpuMonitor.NONE && decided != null && decided.device().card().isPresent()) {
      NvidiaSmi program = NvidiaSmi.onPath();
      Gpu gpu = decided.device().gpu();
      monitor = GpuMonitor.start(() -> program.use(gpu), LOOKS);
    }
    return monitor;
  }

  /**
   * Looks at this process's GPU from now on, as often as measurements need; at nothing if it has
   * none.
   */
  public static GpuMonitor watch(Duration interval) {
    NvidiaSmi program = NvidiaSmi.onPath();
    return device()
        .card()
        .map(gpu -> GpuMonitor.start(() -> program.use(gpu), interval))
        .orElse(GpuMonitor.NONE);
  }

  /** Memory of this process's GPU, now; empty on a CPU. */
  public static Optional<GpuMemory> gpuMemory() {
    return device().card().flatMap(gpu -> runtime()).map(GpuRuntime::memory);
  }

  /** Release of the GPU's driver; empty where there is none. */
  public static Optional<String> driver() {
    return NvidiaSmi.onPath().driver();
  }

  /** What CUDA calls itself in this process; empty on a CPU, and where it does not say. */
  public static Optional<String> cuda() {
    return device().card().flatMap(gpu -> runtime()).flatMap(GpuRuntime::version);
  }
}
