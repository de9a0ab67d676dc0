package org.genrewise.network.cuda;

import org.genrewise.network.GpuKernels;
import org.genrewise.network.Kernels;
import org.genrewise.network.Precision;
import org.nd4j.linalg.api.buffer.DataType;

/** Kernels by cuDNN and cuBLAS. */
public final class CudaGpuKernels implements GpuKernels {
  private static final Kernels FLOAT = new CudaKernels(DataType.FLOAT);
  private static final Kernels HALF = new CudaKernels(DataType.FLOAT16);

  /** Found as a service. */
  public CudaGpuKernels() {}

  @Override
  public Kernels of(Precision precision) {
    return switch (precision) {
      case FLOAT32 -> FLOAT;
      case FLOAT16 -> HALF;
    };
  }
}
