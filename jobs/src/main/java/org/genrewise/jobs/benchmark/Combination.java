package org.genrewise.jobs.benchmark;

import java.util.ArrayList;
import java.util.List;
import org.genrewise.device.DeviceChoice;
import org.genrewise.jobs.model.Engine;
import org.genrewise.network.Precision;

/**
 * What networks are measured on.
 *
 * @param device CPU or CUDA
 * @param precision of the network
 */
record Combination(DeviceChoice device, Precision precision) {

  Combination {
    if (device == DeviceChoice.AUTO) {
      throw new IllegalArgumentException("a device to measure must be named");
    }
  }

  /**
   * All that are to be measured.
   *
   * @param asked what the user wants
   * @param gpu whether there is one that this build serves
   * @param cpuFloat16 whether a CPU is measured in 16-bit floats too
   */
  static List<Combination> of(DeviceChoice asked, boolean gpu, boolean cpuFloat16) {
    List<Combination> all = new ArrayList<>();
    if (asked != DeviceChoice.CUDA) {
      all.add(new Combination(DeviceChoice.CPU, Precision.FLOAT32));
      if (cpuFloat16) {
        all.add(new Combination(DeviceChoice.CPU, Precision.FLOAT16));
      }
    }
    if (gpu && asked != DeviceChoice.CPU) {
      all.add(new Combination(DeviceChoice.CUDA, Precision.FLOAT32));
      all.add(new Combination(DeviceChoice.CUDA, Precision.FLOAT16));
    }
    return all;
  }

  /** For messages: {@code cpu float32}. */
  String text() {
    return device.text() + " " + Engine.precision(precision);
  }
}
