package org.genrewise.device;

import java.io.Serializable;
import java.util.Optional;

/**
 * What networks run on.
 *
 * @param kind of device
 * @param gpu which GPU; null for {@link Kind#CPU}
 */
public record Device(Kind kind, Gpu gpu) implements Serializable {

  /** The cores of this process. */
  public static final Device CPU = new Device(Kind.CPU, null);

  /** Kinds of devices, each with ND4J's name for what serves it. */
  public enum Kind {
    CPU("org.nd4j.linalg.cpu.nativecpu.CpuBackend"),
    CUDA("org.nd4j.linalg.jcublas.JCublasBackend");

    private final String backend;

    Kind(String backend) {
      this.backend = backend;
    }

    /** Class of ND4J's backend. */
    String backend() {
      return backend;
    }
  }

  public Device {
    if ((kind == Kind.CUDA) != (gpu != null)) {
      throw new IllegalArgumentException("a GPU belongs to CUDA and to nothing else");
    }
  }

  static Device of(Gpu gpu) {
    return new Device(Kind.CUDA, gpu);
  }

  /** The GPU, if it is one. */
  public Optional<Gpu> card() {
    return Optional.ofNullable(gpu);
  }

  /** For rows, bundles and first lines: {@code cpu}, or {@code cuda (NAME, CAPABILITY)}. */
  public String text() {
    return gpu == null ? "cpu" : "cuda (%s, %s)".formatted(gpu.name(), gpu.capability());
  }
}
