package org.genrewise.device;

import java.util.List;

/**
 * The GPUs that this process may use.
 *
 * @param gpus in CUDA's order
 * @param problem why there are none, as part of a sentence; empty where there are some
 */
public record Detection(List<Gpu> gpus, String problem) {

  public Detection {
    gpus = List.copyOf(gpus);
  }

  static Detection of(List<Gpu> gpus) {
    return new Detection(gpus, "");
  }

  static Detection none(String problem) {
    return new Detection(List.of(), problem);
  }
}
