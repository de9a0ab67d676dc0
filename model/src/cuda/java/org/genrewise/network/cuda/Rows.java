package org.genrewise.network.cuda;

import org.bytedeco.cuda.cudnn.cudnnOpTensorStruct;
import org.bytedeco.cuda.cudnn.cudnnTensorStruct;
import org.bytedeco.cuda.global.cudnn;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Element-wise work by cuDNN on arrays that are taken as rows. ND4J would do it too, but before
 * operations of two arrays that it calls custom ({@code addi}, {@code muli}) it waits for the GPU.
 */
final class Rows {

  private static final cudnnOpTensorStruct MULTIPLY = multiplication();

  private Rows() {}

  private static cudnnOpTensorStruct multiplication() {
    cudnnOpTensorStruct multiply = new cudnnOpTensorStruct();
    Status.cudnn("cudnnCreateOpTensorDescriptor", cudnn.cudnnCreateOpTensorDescriptor(multiply));
    Status.cudnn(
        "cudnnSetOpTensorDescriptor",
        cudnn.cudnnSetOpTensorDescriptor(
            multiply,
            cudnn.CUDNN_OP_TENSOR_MUL,
            cudnn.CUDNN_DATA_FLOAT,
            cudnn.CUDNN_PROPAGATE_NAN));
    return multiply;
  }

  static cudnnTensorStruct descriptor(INDArray array) {
    return Descriptors.rows(array.dataType(), MapLayout.rows(array.shape()));
  }

  /** y = y + bias in each row, the bias rounded to y's type. */
  static void addBias(Handles handles, INDArray bias, INDArray y) {
    DataType type = y.dataType();
    INDArray typed =
        bias.dataType() == type ? bias : Nd4j.createUninitialized(type, bias.shape()).assign(bias);
    Status.cudnn(
        "cudnnAddTensor",
        cudnn.cudnnAddTensor(
            handles.dnn(),
            Descriptors.ONE,
            descriptor(typed),
            DeviceMemory.of(typed),
            Descriptors.ONE,
            descriptor(y),
            DeviceMemory.of(y)));
    DeviceMemory.written(y);
  }

  /** result = left right, value by value; all FLOAT, of one shape, and different arrays. */
  static void multiply(Handles handles, INDArray left, INDArray right, INDArray result) {
    Status.cudnn(
        "cudnnOpTensor",
        cudnn.cudnnOpTensor(
            handles.dnn(),
            MULTIPLY,
            Descriptors.ONE,
            descriptor(left),
            DeviceMemory.of(left),
            Descriptors.ONE,
            descriptor(right),
            DeviceMemory.of(right),
            Descriptors.ZERO,
            descriptor(result),
            DeviceMemory.of(result)));
    DeviceMemory.written(result);
  }
}
