package org.genrewise.network.cuda;

import org.bytedeco.cuda.global.cublas;
import org.bytedeco.javacpp.FloatPointer;
import org.genrewise.network.EuclideanNorm;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The parts' norms are collected on the GPU and read at once: one wait, however many they are. */
final class DeviceNorm implements EuclideanNorm {
  private final int parts;
  private final Handles handles = Handles.ofThread();
  private final INDArray norms;
  private int next;

  DeviceNorm(int parts) {
    this.parts = parts;
    this.norms = handles.norms(Math.max(1, parts));
  }

  @Override
  public void add(INDArray part) {
    if (next == parts) {
      throw new IllegalStateException(
          "a part more than the %d that were announced".formatted(parts));
    }
    Handles current = Handles.ofThread();
    pointerMode(current, cublas.CUBLAS_POINTER_MODE_DEVICE);
    try {
      Status.cublas(
          "cublasSnrm2",
          cublas.cublasSnrm2_v2(
              current.blas(),
              Math.toIntExact(part.length()),
              new FloatPointer(DeviceMemory.of(part)),
              1,
              new FloatPointer(DeviceMemory.of(norms)).position(next)));
    } finally {
      pointerMode(current, cublas.CUBLAS_POINTER_MODE_HOST);
    }
    DeviceMemory.written(norms);
    next++;
  }

  private static void pointerMode(Handles handles, int mode) {
    Status.cublas("cublasSetPointerMode", cublas.cublasSetPointerMode_v2(handles.blas(), mode));
  }

  @Override
  public double value() {
    float[] values = norms.toFloatVector();
    double squares = 0;
    for (int i = 0; i < next; i++) {
      squares += (double) values[i] * values[i];
    }
    return Math.sqrt(squares);
  }
}
