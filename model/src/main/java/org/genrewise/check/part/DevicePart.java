package org.genrewise.check.part;

import java.util.Locale;
import java.util.Optional;
import org.genrewise.check.CheckPart;
import org.genrewise.check.PartContext;
import org.genrewise.check.PartFailedException;
import org.genrewise.check.measure.Software;
import org.genrewise.device.Device;
import org.genrewise.device.DeviceBuild;
import org.genrewise.device.DeviceDecision;
import org.genrewise.device.Gpu;
import org.genrewise.device.ProcessDevice;
import org.genrewise.network.Versions;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** What networks run on, and in which versions; one product of matrices shows that it computes. */
public final class DevicePart implements CheckPart {
  public static final String NAME = "device";

  private static final int SIZE = 64;

  /**
   * Of the device.
   *
   * @param startSeconds from the first look for a GPU to the first result
   * @param reason why it is not another one; may be empty
   */
  record Found(
      String device,
      String kind,
      Optional<String> name,
      Optional<String> computeCapability,
      Optional<Long> memoryBytes,
      String build,
      String reason,
      double startSeconds) {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public void run(PartContext context) throws Exception {
    long begin = System.nanoTime();
    DeviceDecision decision = context.decideDevice();
    double sum = product();
    double seconds = (System.nanoTime() - begin) / 1e9;
    Device device = decision.device();
    context.results(
        new Found(
            device.text(),
            device.kind().name().toLowerCase(Locale.ROOT),
            device.card().map(Gpu::name),
            device.card().map(gpu -> gpu.capability().toString()),
            device.card().map(Gpu::memoryBytes),
            DeviceBuild.current().profile(),
            decision.reason(),
            seconds));
    context.result("software", Software.of(device));
    context.summary(
        "%s, ND4J %s%s, started in %.1f s%s"
            .formatted(
                device.text(),
                Versions.nd4j(),
                ProcessDevice.driver()
                    .filter(driver -> device.card().isPresent())
                    .map(driver -> ", driver " + driver)
                    .orElse(""),
                seconds,
                decision.reason().isEmpty() ? "" : "; " + decision.reason()));
    double expected = (double) SIZE * SIZE * SIZE;
    if (sum != expected) {
      throw new PartFailedException(
          "a product of matrices of ones adds up to %s, not %s".formatted(sum, expected));
    }
  }

  private static double product() {
    try (INDArray ones = Nd4j.ones(DataType.FLOAT, SIZE, SIZE);
        INDArray product = ones.mmul(ones)) {
      return product.sumNumber().doubleValue();
    }
  }
}
