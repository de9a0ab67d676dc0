package org.genrewise.network.cuda;

import java.util.function.Consumer;
import org.genrewise.network.BatchNormMode;
import org.genrewise.network.EuclideanNorm;
import org.genrewise.network.Kernels;
import org.genrewise.network.Scratch;
import org.nd4j.jita.allocator.impl.AtomicAllocator;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.broadcast.BroadcastDivOp;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Kernels by cuDNN and cuBLAS on ND4J's own memory on the GPU. They put work into ND4J's queue of
 * the calling thread and return; nothing is copied through Java's memory.
 *
 * <p>Products of 16-bit values are summed in 32 bits by matrix units, and batch norm's statistics
 * are of 32 bits. Where the CPU's 16-bit kernels hand on sums of 32 bits, these do too, except for
 * the gradients of convolution weights and the biases added to maps: cuDNN rounds both to 16 bits.
 * Results of 32 bits are computed in full 32 bits.
 */
final class CudaKernels implements Kernels {
  /** 256 MB in 16 bits: 40 pictures of 224 x 224 in the full network. */
  private static final long LARGEST_MAP = 1L << 27;

  private final DataType type;
  private final Convolutions convolutions;
  private final BatchNorm batchNorm;
  private final Products products;

  CudaKernels(DataType type) {
    this.type = type;
    this.convolutions = new Convolutions(type);
    this.batchNorm = new BatchNorm(type);
    this.products = new Products(type);
  }

  @Override
  public DataType activationType() {
    return type;
  }

  private static void call(Consumer<Handles> work) {
    Scratch.use(CudaKernels.class, () -> work.accept(Handles.ofThread()));
  }

  @Override
  public void convolve(INDArray x, INDArray weight, INDArray bias, INDArray y) {
    call(handles -> convolutions.forward(handles, x, weight, bias, y));
  }

  @Override
  public INDArray prepare(INDArray weight) {
    INDArray[] prepared = new INDArray[1];
    call(handles -> prepared[0] = convolutions.prepare(handles, weight));
    return prepared[0];
  }

  @Override
  public void convolveBackward(
      INDArray x, INDArray weight, INDArray dy, INDArray dx, INDArray dWeight) {
    call(handles -> convolutions.backward(handles, x, weight, dy, dx, dWeight));
  }

  @Override
  public void moments(INDArray z, INDArray scratch, INDArray mean, INDArray variance) {
    call(handles -> batchNorm.moments(handles, z, scratch, mean, variance));
  }

  @Override
  public void normalise(
      INDArray z,
      INDArray mean,
      INDArray variance,
      INDArray gamma,
      INDArray beta,
      double epsilon,
      INDArray y) {
    call(handles -> batchNorm.normalise(handles, z, mean, variance, gamma, beta, epsilon, y));
  }

  @Override
  public void normaliseBackward(
      INDArray z,
      INDArray dy,
      INDArray mean,
      INDArray variance,
      INDArray gamma,
      double epsilon,
      BatchNormMode mode,
      INDArray dGamma,
      INDArray dBeta) {
    call(
        handles ->
            batchNorm.backward(
                handles, z, dy, mean, variance, gamma, epsilon, mode, dGamma, dBeta));
  }

  @Override
  public void relu(INDArray y) {
    call(handles -> Activations.relu(handles, y));
  }

  @Override
  public void reluBackward(INDArray y, INDArray dy) {
    call(handles -> Activations.reluBackward(handles, y, dy));
  }

  @Override
  public void maxPool(INDArray x, INDArray y) {
    call(handles -> Activations.maxPool(handles, x, y));
  }

  @Override
  public void maxPoolBackward(INDArray x, INDArray dy, INDArray dx) {
    call(handles -> Activations.maxPoolBackward(handles, x, dy, dx));
  }

  @Override
  public void dense(INDArray x, INDArray weight, INDArray bias, INDArray y) {
    call(handles -> products.forward(handles, x, weight, bias, y));
  }

  @Override
  public void denseBackward(
      INDArray x, INDArray weight, INDArray dy, INDArray dx, INDArray dWeight, INDArray dBias) {
    call(handles -> products.backward(handles, x, weight, dy, dx, dWeight, dBias));
  }

  @Override
  public void softmaxGradient(INDArray logits, INDArray targets, double factor, INDArray gradient) {
    call(handles -> SoftmaxGradient.compute(handles, logits, targets, factor, gradient));
  }

  /** A row by a row: before divisions of two arrays ND4J waits for the GPU. */
  @Override
  public void divide(INDArray left, INDArray right, INDArray result) {
    INDArray row = left.reshape(1, left.length());
    Nd4j.getExecutioner()
        .exec(new BroadcastDivOp(row, right, result.reshape(1, result.length()), 1));
  }

  @Override
  public long largestMap() {
    return LARGEST_MAP;
  }

  /** In 32 bits: the maps are small, and dropout's factors are not 16-bit values. */
  @Override
  public void multiply(INDArray x, INDArray factors, INDArray y) {
    call(
        handles -> {
          INDArray values =
              x.dataType() == DataType.FLOAT
                  ? x
                  : Nd4j.createUninitialized(DataType.FLOAT, x.shape()).assign(x);
          INDArray products = Nd4j.createUninitialized(DataType.FLOAT, x.shape());
          Rows.multiply(handles, values, factors, products);
          y.assign(products);
        });
  }

  @Override
  public EuclideanNorm norm(int parts) {
    return new DeviceNorm(parts);
  }

  /** Into ND4J's copy in Java's memory, which the next kernel that reads it takes over. */
  @Override
  public void load(float[] from, int offset, INDArray to) {
    to.data().asNioFloat().put(from, offset, Math.toIntExact(to.length()));
    AtomicAllocator.getInstance().tickHostWrite(to);
  }
}
