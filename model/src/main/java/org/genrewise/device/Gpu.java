package org.genrewise.device;

import java.io.Serializable;

/**
 * A GPU of this machine that this process may use.
 *
 * @param index as nvidia-smi counts all GPUs of the machine, by their place on the bus
 * @param ordinal as CUDA counts those that this process sees
 * @param uuid of this very card
 * @param name of its model
 * @param capability which code it runs
 * @param memoryBytes all of its memory
 */
public record Gpu(
    int index,
    int ordinal,
    String uuid,
    String name,
    ComputeCapability capability,
    long memoryBytes)
    implements Serializable {

  /** Name and compute capability. */
  public String text() {
    return "%s (compute capability %s)".formatted(name, capability);
  }

  /** Whether Spark means this one: by its index or its UUID. */
  boolean hasAddress(String address) {
    return address.equals(Integer.toString(index)) || address.equals(uuid);
  }
}
