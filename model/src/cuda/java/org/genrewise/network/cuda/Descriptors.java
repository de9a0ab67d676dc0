package org.genrewise.network.cuda;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.bytedeco.cuda.cudnn.cudnnActivationStruct;
import org.bytedeco.cuda.cudnn.cudnnConvolutionStruct;
import org.bytedeco.cuda.cudnn.cudnnFilterStruct;
import org.bytedeco.cuda.cudnn.cudnnPoolingStruct;
import org.bytedeco.cuda.cudnn.cudnnTensorStruct;
import org.bytedeco.cuda.global.cudnn;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * cuDNN's descriptions of arrays and operations. They are made once for each shape and stay: a
 * process sees few shapes. Calls only read them, so threads share them.
 */
final class Descriptors {

  /** For results that are written, cuDNN wants to know: 1 times the new value + 0 times the old. */
  static final FloatPointer ONE = new FloatPointer(1f);

  static final FloatPointer ZERO = new FloatPointer(0f);

  private record TensorKey(DataType type, MapLayout layout) {}

  private record RowsKey(DataType type, List<Integer> shape) {}

  private static final Map<RowsKey, cudnnTensorStruct> ROWS = new ConcurrentHashMap<>();
  private static final Map<TensorKey, cudnnTensorStruct> TENSORS = new ConcurrentHashMap<>();
  private static final Map<TensorKey, cudnnTensorStruct> CHANNELS = new ConcurrentHashMap<>();

  private Descriptors() {}

  static int type(DataType type) {
    if (type == DataType.FLOAT16) {
      return cudnn.CUDNN_DATA_HALF;
    }
    if (type == DataType.FLOAT) {
      return cudnn.CUDNN_DATA_FLOAT;
    }
    throw new IllegalArgumentException("kernels know no " + type);
  }

  static cudnnTensorStruct map(DataType type, MapLayout layout) {
    return TENSORS.computeIfAbsent(new TensorKey(type, layout), Descriptors::tensor);
  }

  private static cudnnTensorStruct tensor(TensorKey key) {
    MapLayout map = key.layout;
    int[] strides = map.strides();
    cudnnTensorStruct tensor = newTensor();
    // Not the shorter call for NHWC, which knows no gaps; without gaps both describe the same.
    Status.cudnn(
        "cudnnSetTensor4dDescriptorEx",
        cudnn.cudnnSetTensor4dDescriptorEx(
            tensor,
            type(key.type),
            map.batch(),
            map.channels(),
            map.height(),
            map.width(),
            strides[0],
            strides[1],
            strides[2],
            strides[3]));
    return tensor;
  }

  /**
   * An array in order 'c' for element-wise work: its own shape by the name of NCHW. cuDNN has fast
   * kernels under this name and slow ones under NHWC, and nothing of what it computes differs.
   */
  static cudnnTensorStruct rows(DataType type, List<Integer> shape) {
    return ROWS.computeIfAbsent(
        new RowsKey(type, shape),
        key -> {
          cudnnTensorStruct tensor = newTensor();
          Status.cudnn(
              "cudnnSetTensor4dDescriptor",
              cudnn.cudnnSetTensor4dDescriptor(
                  tensor,
                  cudnn.CUDNN_TENSOR_NCHW,
                  type(type),
                  shape.get(0),
                  shape.get(1),
                  shape.get(2),
                  shape.get(3)));
          return tensor;
        });
  }

  /** Gamma, beta, mean and variance of a batch norm of such maps: 32-bit in every case. */
  static cudnnTensorStruct statistics(DataType type, MapLayout layout, int mode) {
    return CHANNELS.computeIfAbsent(
        new TensorKey(type, layout),
        key -> {
          cudnnTensorStruct derived = newTensor();
          Status.cudnn(
              "cudnnDeriveBNTensorDescriptor",
              cudnn.cudnnDeriveBNTensorDescriptor(derived, map(type, layout), mode));
          return derived;
        });
  }

  private static cudnnTensorStruct newTensor() {
    cudnnTensorStruct tensor = new cudnnTensorStruct();
    Status.cudnn("cudnnCreateTensorDescriptor", cudnn.cudnnCreateTensorDescriptor(tensor));
    return tensor;
  }

  /** A filter [out, height, width, in] without gaps. */
  static cudnnFilterStruct filter(DataType type, MapLayout layout) {
    cudnnFilterStruct filter = new cudnnFilterStruct();
    Status.cudnn("cudnnCreateFilterDescriptor", cudnn.cudnnCreateFilterDescriptor(filter));
    Status.cudnn(
        "cudnnSetFilter4dDescriptor",
        cudnn.cudnnSetFilter4dDescriptor(
            filter,
            type(type),
            cudnn.CUDNN_TENSOR_NHWC,
            layout.batch(),
            layout.room(),
            layout.height(),
            layout.width()));
    return filter;
  }

  /**
   * A 3 x 3 convolution that sums in 32 bits. Of 16-bit values by matrix units; of 32-bit ones
   * without, as those would round to TF32 first.
   */
  static cudnnConvolutionStruct convolution(DataType type) {
    cudnnConvolutionStruct convolution = new cudnnConvolutionStruct();
    Status.cudnn(
        "cudnnCreateConvolutionDescriptor", cudnn.cudnnCreateConvolutionDescriptor(convolution));
    Status.cudnn(
        "cudnnSetConvolution2dDescriptor",
        cudnn.cudnnSetConvolution2dDescriptor(
            convolution,
            ConvolutionShape.PADDING,
            ConvolutionShape.PADDING,
            ConvolutionShape.STRIDE,
            ConvolutionShape.STRIDE,
            1,
            1,
            cudnn.CUDNN_CROSS_CORRELATION,
            cudnn.CUDNN_DATA_FLOAT));
    Status.cudnn(
        "cudnnSetConvolutionMathType",
        cudnn.cudnnSetConvolutionMathType(
            convolution,
            type == DataType.FLOAT16 ? cudnn.CUDNN_TENSOR_OP_MATH : cudnn.CUDNN_FMA_MATH));
    return convolution;
  }

  /** 2 x 2 squares side by side; of equal values the same one always gets the gradient. */
  static cudnnPoolingStruct pooling() {
    cudnnPoolingStruct pooling = new cudnnPoolingStruct();
    Status.cudnn("cudnnCreatePoolingDescriptor", cudnn.cudnnCreatePoolingDescriptor(pooling));
    Status.cudnn(
        "cudnnSetPooling2dDescriptor",
        cudnn.cudnnSetPooling2dDescriptor(
            pooling,
            cudnn.CUDNN_POOLING_MAX_DETERMINISTIC,
            cudnn.CUDNN_PROPAGATE_NAN,
            2,
            2,
            0,
            0,
            2,
            2));
    return pooling;
  }

  static cudnnActivationStruct relu() {
    cudnnActivationStruct relu = new cudnnActivationStruct();
    Status.cudnn("cudnnCreateActivationDescriptor", cudnn.cudnnCreateActivationDescriptor(relu));
    Status.cudnn(
        "cudnnSetActivationDescriptor",
        cudnn.cudnnSetActivationDescriptor(
            relu, cudnn.CUDNN_ACTIVATION_RELU, cudnn.CUDNN_PROPAGATE_NAN, 0));
    return relu;
  }
}
