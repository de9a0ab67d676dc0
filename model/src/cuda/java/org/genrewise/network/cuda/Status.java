package org.genrewise.network.cuda;

import org.bytedeco.cuda.global.cublas;
import org.bytedeco.cuda.global.cudart;
import org.bytedeco.cuda.global.cudnn;

/** What the libraries' functions answer. */
final class Status {

  private Status() {}

  static boolean isFine(int cudnnStatus) {
    return cudnnStatus == cudnn.CUDNN_STATUS_SUCCESS;
  }

  static void cudnn(String function, int status) {
    if (!isFine(status)) {
      throw new IllegalStateException(
          "%s failed with %d, %s (cuDNN %d)"
              .formatted(
                  function,
                  status,
                  cudnn.cudnnGetErrorString(status).getString(),
                  cudnn.cudnnGetVersion()));
    }
  }

  static void cublas(String function, int status) {
    if (status != cublas.CUBLAS_STATUS_SUCCESS) {
      throw new IllegalStateException("%s failed with %d".formatted(function, status));
    }
  }

  static void cuda(String function, int status) {
    if (status != cudart.cudaSuccess) {
      throw new IllegalStateException(
          "%s failed with %d, %s"
              .formatted(function, status, cudart.cudaGetErrorString(status).getString()));
    }
  }
}
