package org.genrewise.jobs.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.genrewise.check.measure.Software;
import org.genrewise.device.Device;
import org.genrewise.device.DeviceBuild;
import org.genrewise.device.DeviceDecision;
import org.genrewise.device.Gpu;

/** What this machine is, and which device the user's choice comes to. */
final class MachineStage implements Stage {
  private static final Path PROCESSOR = Path.of("/proc/cpuinfo");
  private static final String NAME = "model name";

  /**
   * Of the machine.
   *
   * @param kind of the device that the choice comes to, cpu or cuda
   * @param device as rows and bundles name it
   * @param reason why it is not another one; may be empty
   * @param processor name as the system tells it
   */
  record Found(
      String kind,
      String device,
      String reason,
      Optional<Long> gpuBytes,
      String build,
      String processor,
      Software software) {}

  @Override
  public Record run(StageContext context) throws Exception {
    DeviceDecision decision = context.decideDevice();
    Device device = decision.device();
    return new Found(
        device.kind().name().toLowerCase(Locale.ROOT),
        device.text(),
        decision.reason(),
        device.card().map(Gpu::memoryBytes),
        DeviceBuild.current().profile(),
        processor(),
        Software.of(device));
  }

  private static String processor() {
    try {
      return Files.readAllLines(PROCESSOR).stream()
          .filter(line -> line.startsWith(NAME))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(System.getProperty("os.arch"));
    } catch (IOException e) {
      return System.getProperty("os.arch");
    }
  }
}
