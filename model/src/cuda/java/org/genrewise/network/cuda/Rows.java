package org.genrewise.network.cuda;

import org.bytedeco.cuda.cudnn.cudnnOpTensorStruct;
import org.bytedeco.cuda.cudnn.cudnnTensorStruct;
import org.bytedeco.cuda.global.cudnn;
import org.bytedeco.javacpp.FloatPointer;
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
    add(handles, Descriptors.ONE, typed, y);
  }

  /** result = left right, value by value; all FLOAT, of one shape, and different arrays. */
  static void multiply(Handles handles, INDArray left, INDArray right, INDArray result) {
    multiply(handles, 1, left, right, result);
  }

  /**
   * result = factor left right, value by value; all FLOAT and different arrays.
   *
   * @param right of left's shape, or of size 1 where it is the same for all
   */
  static void multiply(
      Handles handles, double factor, INDArray left, INDArray right, INDArray result) {
    Status.cudnn(
        "cudnnOpTensor",
        cudnn.cudnnOpTensor(
            handles.dnn(),
            MULTIPLY,
            new FloatPointer((float) factor),
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

  /** y = y + factor x, both FLOAT and of one shape. */
  static void add(Handles handles, double factor, INDArray x, INDArray y) {
    add(handles, new FloatPointer((float) factor), x, y);
  }

  private static void add(Handles handles, FloatPointer factor, INDArray x, INDArray y) {
    Status.cudnn(
        "cudnnAddTensor",
        cudnn.cudnnAddTensor(
            handles.dnn(),
            factor,
            descriptor(x),
            DeviceMemory.of(x),
            Descriptors.ONE,
            descriptor(y),
            DeviceMemory.of(y)));
    DeviceMemory.written(y);
  }
}
