package org.genrewise.device;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/**
 * What a build of this program has code for.
 *
 * @param profile of Maven; {@code cpu} for the default
 * @param lowest compute capability that its GPU code serves; null in a build for CPUs
 * @param highest compute capability that its GPU code serves; null in a build for CPUs
 */
public record DeviceBuild(String profile, ComputeCapability lowest, ComputeCapability highest) {
  private static final String RESOURCE = "build.properties";

  /** No code for GPUs. */
  static final DeviceBuild CPU = new DeviceBuild("cpu", null, null);

  /** ND4J's CUDA 11.6 natives. */
  static final DeviceBuild CUDA =
      new DeviceBuild("cuda", new ComputeCapability(3, 7), new ComputeCapability(8, 9));

  /** ND4J's CUDA 11.2 natives, compiled anew for Hopper. */
  static final DeviceBuild HOPPER =
      new DeviceBuild("cuda-hopper", new ComputeCapability(9, 0), new ComputeCapability(9, 0));

  private static final List<DeviceBuild> FOR_GPUS = List.of(CUDA, HOPPER);

  /** This build, as Maven wrote it down. */
  public static DeviceBuild current() {
    try (InputStream stream = DeviceBuild.class.getResourceAsStream(RESOURCE)) {
      Properties properties = new Properties();
      properties.load(stream);
      return of(
          properties.getProperty("profile"),
          properties.getProperty("lowest"),
          properties.getProperty("highest"));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + RESOURCE, e);
    }
  }

  static DeviceBuild of(String profile, String lowest, String highest) {
    return lowest.isBlank()
        ? new DeviceBuild(profile, null, null)
        : new DeviceBuild(
            profile, ComputeCapability.parse(lowest), ComputeCapability.parse(highest));
  }

  /** Whether there is code for GPUs in it. */
  boolean isForGpus() {
    return lowest != null;
  }

  boolean serves(ComputeCapability capability) {
    return isForGpus() && capability.compareTo(lowest) >= 0 && capability.compareTo(highest) <= 0;
  }

  /** What it is, as part of a sentence. */
  String text() {
    return isForGpus()
        ? "this build (-P%s) serves compute capability %s".formatted(profile, range())
        : "this build has no code for GPUs";
  }

  private String range() {
    return lowest.equals(highest) ? lowest.toString() : lowest + " to " + highest;
  }

  /** What can be done for a GPU that this build does not serve. */
  static String remedy(ComputeCapability capability) {
    Optional<DeviceBuild> other =
        FOR_GPUS.stream().filter(build -> build.serves(capability)).findFirst();
    return other
        .map(build -> "build with -P" + build.profile)
        .orElse(
            "no build of this program serves %s: -P%s does %s, -P%s %s"
                .formatted(capability, CUDA.profile, CUDA.range(), HOPPER.profile, HOPPER.range()));
  }
}
