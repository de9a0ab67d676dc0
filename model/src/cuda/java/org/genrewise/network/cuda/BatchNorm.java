package org.genrewise.network.cuda;

import org.bytedeco.cuda.cudnn.cudnnTensorStruct;
import org.bytedeco.cuda.global.cudnn;
import org.genrewise.network.BatchNormMode;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.scalar.Pow;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Batch norm of maps of one type by cuDNN, which keeps statistics, parameters and their gradients
 * in 32 bits and sums in 32 bits whatever the maps are.
 *
 * <p>cuDNN does not say that a result may take the place of what it comes from, so it goes to
 * scratch memory first and is copied, which is little beside the convolution.
 */
record BatchNorm(DataType type) {

  /** For moments, from whose inverse deviation the variance is got back; any other would do. */
  private static final double EPSILON = 1e-5;

  /**
   * Of NHWC maps of 16 bits cuDNN has better kernels under this name. The warning of overflows that
   * goes with it is for NCHW.
   */
  private int mode() {
    return type == DataType.FLOAT16
        ? cudnn.CUDNN_BATCHNORM_SPATIAL_PERSISTENT
        : cudnn.CUDNN_BATCHNORM_SPATIAL;
  }

  /** The forward pass of training, for its statistics alone: what it writes goes to scratch. */
  void moments(Handles handles, INDArray z, INDArray scratch, INDArray mean, INDArray variance) {
    MapLayout layout = MapLayout.of(z);
    cudnnTensorStruct map = Descriptors.map(type, layout);
    INDArray ones = Nd4j.ones(DataType.FLOAT, mean.length());
    INDArray zeros = Nd4j.zeros(DataType.FLOAT, mean.length());
    INDArray inverse = Nd4j.createUninitialized(DataType.FLOAT, mean.length());
    Status.cudnn(
        "cudnnBatchNormalizationForwardTraining",
        cudnn.cudnnBatchNormalizationForwardTraining(
            handles.dnn(),
            mode(),
            Descriptors.ONE,
            Descriptors.ZERO,
            map,
            DeviceMemory.of(z),
            map,
            DeviceMemory.of(scratch),
            statistics(layout),
            DeviceMemory.of(ones),
            DeviceMemory.of(zeros),
            0,
            null,
            null,
            EPSILON,
            DeviceMemory.of(mean),
            DeviceMemory.of(inverse)));
    DeviceMemory.written(scratch, mean, inverse);
    // A variance of 0 comes out as 1e-12 or so, of either sign.
    Nd4j.exec(new Pow(inverse, variance, -2));
    variance.subi(EPSILON);
  }

  void normalise(
      Handles handles,
      INDArray z,
      INDArray mean,
      INDArray variance,
      INDArray gamma,
      INDArray beta,
      double epsilon,
      INDArray y) {
    boolean inPlace = DeviceMemory.of(z).address() == DeviceMemory.of(y).address();
    INDArray result = inPlace ? Nd4j.createUninitialized(type, z.shape()) : y;
    MapLayout layout = MapLayout.of(z);
    cudnnTensorStruct map = Descriptors.map(type, layout);
    Status.cudnn(
        "cudnnBatchNormalizationForwardInference",
        cudnn.cudnnBatchNormalizationForwardInference(
            handles.dnn(),
            cudnn.CUDNN_BATCHNORM_SPATIAL,
            Descriptors.ONE,
            Descriptors.ZERO,
            map,
            DeviceMemory.of(z),
            map,
            DeviceMemory.of(result),
            statistics(layout),
            DeviceMemory.of(gamma),
            DeviceMemory.of(beta),
            DeviceMemory.of(mean),
            DeviceMemory.of(variance),
            epsilon));
    DeviceMemory.written(result);
    if (inPlace) {
      DeviceMemory.copy(handles, result, y);
    }
  }

  /**
   * cuDNN's gradients of gamma and beta hold for any mean and variance. Its gradient of z is that
   * of TRAINING; in EVALUATION it is dy gamma / deviation, which is dy normalised without a mean.
   */
  void backward(
      Handles handles,
      INDArray z,
      INDArray dy,
      INDArray mean,
      INDArray variance,
      INDArray gamma,
      double epsilon,
      BatchNormMode batchNorm,
      INDArray dGamma,
      INDArray dBeta) {
    MapLayout layout = MapLayout.of(z);
    cudnnTensorStruct map = Descriptors.map(type, layout);
    INDArray inverse = Nd4j.math().rsqrt(variance.add(epsilon));
    INDArray dz = Nd4j.createUninitialized(type, z.shape());
    Status.cudnn(
        "cudnnBatchNormalizationBackward",
        cudnn.cudnnBatchNormalizationBackward(
            handles.dnn(),
            mode(),
            Descriptors.ONE,
            Descriptors.ZERO,
            Descriptors.ONE,
            Descriptors.ZERO,
            map,
            DeviceMemory.of(z),
            map,
            DeviceMemory.of(dy),
            map,
            DeviceMemory.of(dz),
            statistics(layout),
            DeviceMemory.of(gamma),
            DeviceMemory.of(dGamma),
            DeviceMemory.of(dBeta),
            epsilon,
            DeviceMemory.of(mean),
            DeviceMemory.of(inverse)));
    DeviceMemory.written(dz, dGamma, dBeta);
    if (batchNorm == BatchNormMode.EVALUATION) {
      INDArray zeros = Nd4j.zeros(DataType.FLOAT, mean.length());
      normalise(handles, dy, zeros, variance, gamma, zeros, epsilon, dz);
    }
    DeviceMemory.copy(handles, dz, dy);
  }

  private cudnnTensorStruct statistics(MapLayout layout) {
    return Descriptors.statistics(type, layout, cudnn.CUDNN_BATCHNORM_SPATIAL);
  }
}
