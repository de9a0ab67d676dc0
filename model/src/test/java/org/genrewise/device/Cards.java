package org.genrewise.device;

/** Pretend GPUs. */
final class Cards {
  private Cards() {}

  static Gpu card(int number, String name, String capability) {
    return new Gpu(
        number,
        number,
        "GPU-0000000%d".formatted(number),
        name,
        ComputeCapability.parse(capability),
        40L << 30);
  }
}
