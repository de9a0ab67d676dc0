package org.genrewise.network.cuda;

import java.util.List;
import org.bytedeco.cuda.cudnn.cudnnTensorStruct;
import org.bytedeco.cuda.global.cudnn;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The gradient of the loss by cuDNN, so that a step need not wait for the logits. */
final class SoftmaxGradient {

  private SoftmaxGradient() {}

  /** As {@link org.genrewise.network.Kernels#softmaxGradient}. */
  static void compute(
      Handles handles, INDArray logits, INDArray targets, double factor, INDArray gradient) {
    INDArray probabilities = Nd4j.createUninitialized(DataType.FLOAT, logits.shape());
    softmax(handles, logits, probabilities);
    Rows.multiply(handles, factor, probabilities, weights(targets), gradient);
    Rows.add(handles, -factor, targets, gradient);
  }

  private static void softmax(Handles handles, INDArray logits, INDArray probabilities) {
    int rows = Math.toIntExact(logits.size(0));
    int classes = Math.toIntExact(logits.size(1));
    cudnnTensorStruct shape = Descriptors.rows(DataType.FLOAT, List.of(rows, classes, 1, 1));
    Status.cudnn(
        "cudnnSoftmaxForward",
        cudnn.cudnnSoftmaxForward(
            handles.dnn(),
            cudnn.CUDNN_SOFTMAX_ACCURATE,
            cudnn.CUDNN_SOFTMAX_MODE_INSTANCE,
            Descriptors.ONE,
            shape,
            DeviceMemory.of(logits),
            Descriptors.ZERO,
            shape,
            DeviceMemory.of(probabilities)));
    DeviceMemory.written(probabilities);
  }

  /** The sum of each row's targets, [rows, 1], from the copy in Java's memory. */
  private static INDArray weights(INDArray targets) {
    float[][] rows = targets.toFloatMatrix();
    float[] sums = new float[rows.length];
    for (int i = 0; i < rows.length; i++) {
      for (float target : rows[i]) {
        sums[i] += target;
      }
    }
    return Nd4j.create(sums, new long[] {sums.length, 1}, 'c');
  }
}
