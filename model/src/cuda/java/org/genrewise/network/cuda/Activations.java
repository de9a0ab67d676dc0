package org.genrewise.network.cuda;

import org.bytedeco.cuda.cudnn.cudnnActivationStruct;
import org.bytedeco.cuda.cudnn.cudnnPoolingStruct;
import org.bytedeco.cuda.cudnn.cudnnTensorStruct;
import org.bytedeco.cuda.global.cudnn;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** ReLU and maximum pool by cuDNN, of the type that their arrays are of. */
final class Activations {

  private static final cudnnActivationStruct RELU = Descriptors.relu();
  private static final cudnnPoolingStruct POOL = Descriptors.pooling();

  private Activations() {}

  /** In place, which cuDNN allows here. */
  static void relu(Handles handles, INDArray y) {
    cudnnTensorStruct values = Rows.descriptor(y);
    Status.cudnn(
        "cudnnActivationForward",
        cudnn.cudnnActivationForward(
            handles.dnn(),
            RELU,
            Descriptors.ONE,
            values,
            DeviceMemory.of(y),
            Descriptors.ZERO,
            values,
            DeviceMemory.of(y)));
    DeviceMemory.written(y);
  }

  /** In place. y stands for the input as well: both are positive where the other is. */
  static void reluBackward(Handles handles, INDArray y, INDArray dy) {
    cudnnTensorStruct values = Rows.descriptor(y);
    Status.cudnn(
        "cudnnActivationBackward",
        cudnn.cudnnActivationBackward(
            handles.dnn(),
            RELU,
            Descriptors.ONE,
            values,
            DeviceMemory.of(y),
            values,
            DeviceMemory.of(dy),
            values,
            DeviceMemory.of(y),
            Descriptors.ZERO,
            values,
            DeviceMemory.of(dy)));
    DeviceMemory.written(dy);
  }

  static void maxPool(Handles handles, INDArray x, INDArray y) {
    Status.cudnn(
        "cudnnPoolingForward",
        cudnn.cudnnPoolingForward(
            handles.dnn(),
            POOL,
            Descriptors.ONE,
            map(x),
            DeviceMemory.of(x),
            Descriptors.ZERO,
            map(y),
            DeviceMemory.of(y)));
    DeviceMemory.written(y);
  }

  /** cuDNN wants the result of the forward pass too, which is sooner computed again than kept. */
  static void maxPoolBackward(Handles handles, INDArray x, INDArray dy, INDArray dx) {
    INDArray y = Nd4j.createUninitialized(dy.dataType(), dy.shape());
    maxPool(handles, x, y);
    Status.cudnn(
        "cudnnPoolingBackward",
        cudnn.cudnnPoolingBackward(
            handles.dnn(),
            POOL,
            Descriptors.ONE,
            map(y),
            DeviceMemory.of(y),
            map(dy),
            DeviceMemory.of(dy),
            map(x),
            DeviceMemory.of(x),
            Descriptors.ZERO,
            map(dx),
            DeviceMemory.of(dx)));
    DeviceMemory.written(dx);
  }

  private static cudnnTensorStruct map(INDArray array) {
    return Descriptors.map(array.dataType(), MapLayout.of(array));
  }
}
