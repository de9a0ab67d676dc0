package org.genrewise.network;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.api.ops.impl.broadcast.BroadcastSubOp;
import org.nd4j.linalg.api.ops.impl.scalar.RectifiedLinear;
import org.nd4j.linalg.api.ops.impl.scalar.Step;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * 32-bit kernels on ND4J's native operations. On a CPU convolutions, pools and batch norm run in
 * oneDNN, which reads NHWC without reordering. Sums over a channel are products with a vector of
 * ones: ND4J's own reductions over leading dimensions are 20 to 80 times slower.
 */
final class FloatKernels implements Kernels {

  static final FloatKernels INSTANCE = new FloatKernels();

  /** Height, width, stride, padding and dilation of the kernel; "same" padding; NHWC; YXIO. */
  private static final int[] CONVOLUTION = {3, 3, 1, 1, 0, 0, 1, 1, 1, 1, 0};

  /** Height, width, stride, padding and dilation; no "same" padding; -; NHWC. */
  private static final int[] POOL = {2, 2, 2, 2, 0, 0, 1, 1, 0, 1, 1};

  private static final long CHANNEL_BLOCK = 16;

  /** 64 MB. */
  private static final long LARGEST_MAP = 1L << 24;

  /** Most values of one array in one backward call, as measured with glibc's allocator. */
  private static final long PART = 1L << 23;

  private static final long NARROW_PART = 1L << 21;

  private FloatKernels() {}

  @Override
  public DataType activationType() {
    return DataType.FLOAT;
  }

  @Override
  public void convolve(INDArray x, INDArray weight, INDArray bias, INDArray y) {
    Nd4j.exec(
        DynamicCustomOp.builder("conv2d")
            .addInputs(x, weight, bias)
            .addOutputs(y)
            .addIntegerArguments(CONVOLUTION)
            .build());
  }

  @Override
  public INDArray prepare(INDArray weight) {
    return weight;
  }

  @Override
  public void convolveBackward(
      INDArray x, INDArray weight, INDArray dy, INDArray dx, INDArray dWeight) {
    Scratch.use(
        FloatKernels.class,
        () -> {
          if (dx == null) {
            weightGradient(x, dy, dWeight);
          } else {
            gradients(x, weight, dy, dx, dWeight);
          }
        });
  }

  /**
   * The gradient of the weight alone, for few channels: the 9 neighbours of every pixel side by
   * side (a convolution with the identity as its weight), times the gradient. ND4J's backward
   * operation always computes the gradient of x too, and takes 5 times as long on a picture.
   */
  private static void weightGradient(INDArray x, INDArray dy, INDArray dWeight) {
    long[] shape = dWeight.shape();
    long taps = shape[0] * shape[1] * shape[2];
    INDArray neighbours =
        Nd4j.createUninitialized(DataType.FLOAT, x.size(0), x.size(1), x.size(2), taps);
    INDArray identity = Nd4j.eye(taps).castTo(DataType.FLOAT);
    Nd4j.exec(
        DynamicCustomOp.builder("conv2d")
            .addInputs(x, identity.reshape('c', shape[0], shape[1], shape[2], taps))
            .addOutputs(neighbours)
            .addIntegerArguments(CONVOLUTION)
            .build());
    multiply(pixels(neighbours), true, pixels(dy), dWeight.reshape('c', taps, shape[3]));
  }

  /**
   * In parts of the batch: oneDNN reorders every array into fresh memory, in blocks of 16 channels,
   * and what the C library cannot keep for the next call is paid for in page faults, which cost
   * more than the arithmetic where channels are few.
   */
  private static void gradients(
      INDArray x, INDArray weight, INDArray dy, INDArray dx, INDArray dWeight) {
    long batch = x.size(0);
    long part = part(x, dy);
    INDArray partial =
        part < batch ? Nd4j.createUninitialized(DataType.FLOAT, dWeight.shape()) : null;
    for (long from = 0; from < batch; from += part) {
      long to = Math.min(batch, from + part);
      Nd4j.exec(
          DynamicCustomOp.builder("conv2d_bp")
              .addInputs(pictures(x, from, to), weight, pictures(dy, from, to))
              .addOutputs(pictures(dx, from, to), from == 0 ? dWeight : partial)
              .addIntegerArguments(CONVOLUTION)
              .build());
      if (from > 0) {
        dWeight.addi(partial);
      }
    }
  }

  private static long part(INDArray x, INDArray dy) {
    long channels = Math.max(x.size(3), dy.size(3));
    long picture = x.size(1) * x.size(2) * Math.max(channels, CHANNEL_BLOCK);
    long most = channels <= CHANNEL_BLOCK ? NARROW_PART : PART;
    return Math.max(1, most / picture);
  }

  private static INDArray pictures(INDArray maps, long from, long to) {
    return to - from == maps.size(0) ? maps : maps.get(NDArrayIndex.interval(from, to));
  }

  @Override
  public void moments(INDArray z, INDArray scratch, INDArray mean, INDArray variance) {
    Scratch.use(
        FloatKernels.class,
        () -> {
          INDArray pixels = pixels(z);
          INDArray squares = pixels(scratch);
          INDArray weights = Nd4j.valueArrayOf(new long[] {1, pixels.rows()}, 1f / pixels.rows());
          sum(weights, pixels, mean, 0);
          Nd4j.getExecutioner().exec(new BroadcastSubOp(pixels, mean, squares, 1));
          squares.muli(squares);
          sum(weights, squares, variance, 0);
        });
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
    Nd4j.exec(
        DynamicCustomOp.builder("batchnorm")
            .addInputs(maps(z), mean, variance, gamma, beta)
            .addOutputs(maps(y))
            .addIntegerArguments(1, 1, 3)
            .addFloatingPointArguments(epsilon)
            .build());
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
    Scratch.use(
        FloatKernels.class,
        () -> {
          INDArray gradient = pixels(dy);
          INDArray scratch = Nd4j.createUninitialized(DataType.FLOAT, z.shape());
          INDArray ones = Nd4j.ones(DataType.FLOAT, 1, gradient.rows());
          sum(ones, gradient, dBeta, 0);
          z.mul(dy, scratch);
          sum(ones, pixels(scratch), dGamma, 0);
          BatchNormGradient total =
              BatchNormGradient.of(gradient.rows(), mean, variance, gamma, epsilon, dGamma, dBeta);
          gradient.muliRowVector(total.factor());
          if (mode == BatchNormMode.TRAINING) {
            normalise(z, mean, variance, total.gamma(), total.beta(), epsilon, scratch);
            dy.addi(scratch);
          }
        });
  }

  @Override
  public void relu(INDArray y) {
    Nd4j.getExecutioner().exec(new RectifiedLinear(y, y, 0));
  }

  @Override
  public void reluBackward(INDArray y, INDArray dy) {
    Scratch.use(
        FloatKernels.class,
        () -> {
          INDArray positive = Nd4j.createUninitialized(y.dataType(), y.shape());
          Nd4j.getExecutioner().exec(new Step(y, positive, 0));
          dy.muli(positive);
        });
  }

  @Override
  public void maxPool(INDArray x, INDArray y) {
    Nd4j.exec(
        DynamicCustomOp.builder("maxpool2d")
            .addInputs(x)
            .addOutputs(y)
            .addIntegerArguments(POOL)
            .build());
  }

  @Override
  public void maxPoolBackward(INDArray x, INDArray dy, INDArray dx) {
    Nd4j.exec(
        DynamicCustomOp.builder("maxpool2d_bp")
            .addInputs(x, dy)
            .addOutputs(dx)
            .addIntegerArguments(POOL)
            .build());
  }

  @Override
  public void dense(INDArray x, INDArray weight, INDArray bias, INDArray y) {
    multiply(x, false, weight, y);
    y.addiRowVector(bias);
  }

  @Override
  public void denseBackward(
      INDArray x, INDArray weight, INDArray dy, INDArray dx, INDArray dWeight, INDArray dBias) {
    Scratch.use(
        FloatKernels.class,
        () -> {
          multiply(dy, true, x, dWeight.transpose());
          sum(Nd4j.ones(DataType.FLOAT, 1, dy.rows()), dy, dBias, 0);
          if (dx != null) {
            multiply(dy, false, weight.transpose(), dx);
          }
        });
  }

  /** In Java: there are few. */
  @Override
  public void softmaxGradient(INDArray logits, INDArray targets, double factor, INDArray gradient) {
    float[][] values =
        CrossEntropy.gradient(logits.toFloatMatrix(), targets.toFloatMatrix(), factor);
    gradient.assign(Nd4j.createFromArray(values));
  }

  @Override
  public void divide(INDArray left, INDArray right, INDArray result) {
    left.div(right, result);
  }

  @Override
  public long largestMap() {
    return LARGEST_MAP;
  }

  @Override
  public void multiply(INDArray x, INDArray factors, INDArray y) {
    x.mul(factors, y);
  }

  @Override
  public EuclideanNorm norm(int parts) {
    return new BlasNorm();
  }

  @Override
  public void load(float[] from, int offset, INDArray to) {
    to.data().asNioFloat().put(from, offset, Math.toIntExact(to.length()));
  }

  /** result = left (or its transpose) right, in oneDNN: BLAS is 2 to 7 times slower on few rows. */
  static void multiply(INDArray left, boolean transposeLeft, INDArray right, INDArray result) {
    Nd4j.exec(
        DynamicCustomOp.builder("matmul")
            .addInputs(left, right)
            .addOutputs(result)
            .addIntegerArguments(transposeLeft ? 1 : 0, 0, 0)
            .build());
  }

  /** [pixels, channels]. */
  static INDArray pixels(INDArray map) {
    return map.reshape('c', map.length() / map.size(-1), map.size(-1));
  }

  /** With four dimensions, for which batch norm is many times faster than for two. */
  private static INDArray maps(INDArray values) {
    return values.rank() == 4
        ? values
        : values.reshape('c', 1, 1, values.length() / values.size(-1), values.size(-1));
  }

  /** sums = weights rows + keep sums. */
  static void sum(INDArray weights, INDArray rows, INDArray sums, double keep) {
    Nd4j.gemm(weights, rows, sums.reshape('c', 1, sums.length()), false, false, 1, keep);
  }
}
