package org.genrewise.network;

import org.junit.jupiter.api.Nested;

/** The CPU's kernels against their definitions; and so the definitions against the kernels. */
class CpuKernelsTest {

  @Nested
  class Float32 extends KernelsComparison {
    @Override
    Kernels kernels() {
      return FloatKernels.INSTANCE;
    }
  }

  @Nested
  class Float16 extends KernelsComparison {
    @Override
    Kernels kernels() {
      return HalfKernels.INSTANCE;
    }
  }
}
