package org.genrewise.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Optional;
import org.genrewise.device.Device;
import org.genrewise.device.DeviceChoice;
import org.genrewise.device.DeviceDecision;
import org.genrewise.device.ProcessDevice;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;

/**
 * The GPU's kernels against their definitions, where this build has some and there is a GPU. The
 * first thing to run on a machine with one: {@code mvn -Pcuda -pl features,model test
 * -Dtest=CudaKernelsTest -Dsurefire.failIfNoSpecifiedTests=false}.
 */
class CudaKernelsTest {

  @BeforeAll
  static void takeTheGpu() {
    assumeTrue(GpuKernels.ofBuild().isPresent(), "this build has no kernels for GPUs");
    DeviceDecision decision = ProcessDevice.decide(DeviceChoice.AUTO, Optional.empty());
    assumeTrue(
        decision.device().kind() == Device.Kind.CUDA,
        "there is no GPU to compare with: " + decision.reason());
    assertEquals(GpuKernels.found().of(Precision.FLOAT16), Kernels.of(Precision.FLOAT16));
  }

  /** Without TF32, which would be off by 5e-4. */
  @Nested
  class Float32 extends KernelsComparison {
    @Override
    Kernels kernels() {
      return GpuKernels.found().of(Precision.FLOAT32);
    }
  }

  @Nested
  class Float16 extends KernelsComparison {
    @Override
    Kernels kernels() {
      return GpuKernels.found().of(Precision.FLOAT16);
    }

    /** Rounded to 16 bits. */
    @Override
    double filterGradients() {
      return activations();
    }
  }
}
