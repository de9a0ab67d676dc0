package org.genrewise.device;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;

/**
 * What networks run on, and why.
 *
 * @param device that is taken
 * @param reason a sentence for the first lines of a run, wherever it is not what one would expect;
 *     else empty
 */
public record DeviceDecision(Device device, String reason) implements Serializable {

  /**
   * Decides. Nothing is started or looked for.
   *
   * @param address the GPU that Spark gave this process, by index or UUID
   * @throws DeviceException if the choice cannot be had, or the address names no GPU
   */
  static DeviceDecision of(
      DeviceChoice choice, DeviceBuild build, Detection detection, Optional<String> address) {
    if (choice == DeviceChoice.CPU) {
      return new DeviceDecision(Device.CPU, "");
    }
    List<Gpu> gpus =
        build.isForGpus() && address.isPresent() ? at(address.get(), detection) : detection.gpus();
    Optional<Gpu> served = gpus.stream().filter(gpu -> build.serves(gpu.capability())).findFirst();
    if (served.isPresent()) {
      return new DeviceDecision(Device.of(served.get()), choiceAmong(gpus, served.get()));
    }
    String refusal = refusal(build, gpus, detection.problem());
    if (choice == DeviceChoice.CUDA) {
      throw new DeviceException("--device cuda cannot be had: " + refusal);
    }
    boolean expected = gpus.isEmpty() && !build.isForGpus();
    return new DeviceDecision(Device.CPU, expected ? "" : "networks run on the CPU: " + refusal);
  }

  private static List<Gpu> at(String address, Detection detection) {
    List<Gpu> there = detection.gpus().stream().filter(gpu -> gpu.hasAddress(address)).toList();
    if (there.isEmpty()) {
      throw new DeviceException(
          "Spark gave this task the GPU %s, and there is none of that index or UUID here%s; mend the discovery script"
              .formatted(address, detection.problem().isEmpty() ? "" : ": " + detection.problem()));
    }
    return there;
  }

  private static String choiceAmong(List<Gpu> gpus, Gpu taken) {
    return gpus.size() == 1
        ? ""
        : "of %d GPUs number %d is taken, %s; CUDA_VISIBLE_DEVICES or Spark's resources choose another"
            .formatted(gpus.size(), taken.index(), taken.text());
  }

  private static String refusal(DeviceBuild build, List<Gpu> gpus, String problem) {
    if (!build.isForGpus()) {
      return gpus.isEmpty()
          ? "%s, and no GPU was found (%s); build with -Pcuda where there is one"
              .formatted(build.text(), problem)
          : "a GPU is there, %s, but %s; %s"
              .formatted(
                  gpus.get(0).text(), build.text(), DeviceBuild.remedy(gpus.get(0).capability()));
    }
    if (gpus.isEmpty()) {
      return "no GPU was found (%s)".formatted(problem);
    }
    return "the GPU %s cannot be used, %s; %s"
        .formatted(gpus.get(0).text(), build.text(), DeviceBuild.remedy(gpus.get(0).capability()));
  }

  /**
   * What comes of this decision where the GPU's libraries fail.
   *
   * @throws DeviceException unless the choice was {@link DeviceChoice#AUTO}
   */
  DeviceDecision without(DeviceChoice choice, String problem) {
    String refusal =
        "the GPU %s cannot be used, its libraries do not load (%s); docs/gpu.md says what is needed"
            .formatted(device.gpu().text(), problem);
    if (choice == DeviceChoice.CUDA) {
      throw new DeviceException("--device cuda cannot be had: " + refusal);
    }
    return new DeviceDecision(Device.CPU, "networks run on the CPU: " + refusal);
  }
}
