package org.genrewise.check.measure;

import java.util.Optional;
import org.bytedeco.javacpp.Pointer;
import org.genrewise.device.Device;
import org.genrewise.device.ProcessDevice;
import org.genrewise.network.Versions;
import org.nd4j.linalg.factory.Nd4j;

/** Versions and sizes of a process that measures; those of a GPU's software where there is one. */
public record Software(
    String program,
    String java,
    String system,
    String nd4j,
    boolean oneDnn,
    Optional<String> cuda,
    Optional<String> driver,
    int nd4jThreads,
    int cores,
    long heapBytes,
    long machineBytes) {

  /**
   * Of this process.
   *
   * @param device that it runs networks on
   */
  public static Software of(Device device) {
    String program = Software.class.getPackage().getImplementationVersion();
    boolean gpu = device.card().isPresent();
    return new Software(
        program == null ? "development" : program,
        Runtime.version().toString(),
        System.getProperty("os.name") + " " + System.getProperty("os.version"),
        Versions.nd4j(),
        Versions.hasOneDnn(),
        ProcessDevice.cuda(),
        gpu ? ProcessDevice.driver() : Optional.empty(),
        Nd4j.getEnvironment().maxMasterThreads(),
        Runtime.getRuntime().availableProcessors(),
        Runtime.getRuntime().maxMemory(),
        Pointer.totalPhysicalBytes());
  }
}
