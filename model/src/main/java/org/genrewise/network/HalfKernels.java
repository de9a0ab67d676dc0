package org.genrewise.network;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.scalar.RectifiedLinear;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * 16-bit floats between the layers, 32-bit arithmetic inside them: arrays are widened part by part,
 * worked on by {@link FloatKernels}, and the results rounded to nearest even. So products of 16-bit
 * values are summed in 32 bits, as GPUs' matrix units do. ND4J's own 16-bit operations sum in 16
 * bits and are slow on a CPU.
 *
 * <p>What is too large for 16 bits becomes infinite and stays infinite or NaN.
 */
final class HalfKernels implements Kernels {

  static final HalfKernels INSTANCE = new HalfKernels();

  private static final FloatKernels FLOATS = FloatKernels.INSTANCE;

  /** Most values that are widened at a time: in element-wise work, of maps, of weights. */
  private static final long PART = 1L << 20;

  private static final long MAPS = 1L << 22;
  private static final long WEIGHTS = 1L << 21;

  private HalfKernels() {}

  @Override
  public DataType activationType() {
    return DataType.FLOAT16;
  }

  @Override
  public void convolve(INDArray x, INDArray weight, INDArray bias, INDArray y) {
    Scratch.use(
        HalfKernels.class,
        () -> {
          INDArray rounded = widen(half(weight));
          long part = rows(MAPS, x, y);
          FloatWindow from = new FloatWindow(half(x), part);
          FloatWindow to = new FloatWindow(y, part);
          for (long i = 0; i < y.size(0); i += part) {
            long end = Math.min(i + part, y.size(0));
            FLOATS.convolve(from.read(i, end), rounded, bias, to.blank(i, end));
            to.write(i, end);
          }
        });
  }

  @Override
  public INDArray prepare(INDArray weight) {
    return weight;
  }

  @Override
  public void convolveBackward(
      INDArray x, INDArray weight, INDArray dy, INDArray dx, INDArray dWeight) {
    Scratch.use(
        HalfKernels.class,
        () -> {
          INDArray rounded = widen(half(weight));
          long part = rows(MAPS, x, dy);
          FloatWindow inputs = new FloatWindow(half(x), part);
          FloatWindow gradients = new FloatWindow(dy, part);
          FloatWindow results = dx == null ? null : new FloatWindow(dx, part);
          INDArray partial = Nd4j.createUninitialized(DataType.FLOAT, dWeight.shape());
          for (long i = 0; i < dy.size(0); i += part) {
            long end = Math.min(i + part, dy.size(0));
            FLOATS.convolveBackward(
                inputs.read(i, end),
                rounded,
                gradients.read(i, end),
                dx == null ? null : results.blank(i, end),
                i == 0 ? dWeight : partial);
            if (dx != null) {
              results.write(i, end);
            }
            if (i > 0) {
              dWeight.addi(partial);
            }
          }
        });
  }

  /** Of the parts, put together as in Chan et al., "Updating Formulae and a Pairwise Algorithm". */
  @Override
  public void moments(INDArray z, INDArray unused, INDArray mean, INDArray variance) {
    Scratch.use(
        HalfKernels.class,
        () -> {
          INDArray pixels = FloatKernels.pixels(z);
          long count = pixels.rows();
          long part = rows(PART, pixels);
          int parts = Math.toIntExact((count + part - 1) / part);
          FloatWindow window = new FloatWindow(pixels, part);
          FloatWindow squares = new FloatWindow(pixels, part);
          INDArray means = Nd4j.createUninitialized(DataType.FLOAT, parts, pixels.columns());
          INDArray variances = means.ulike();
          float[] shares = new float[parts];
          for (int i = 0; i < parts; i++) {
            long from = i * part;
            long to = Math.min(from + part, count);
            FLOATS.moments(
                window.read(from, to),
                squares.blank(from, to),
                means.getRow(i),
                variances.getRow(i));
            shares[i] = (float) (to - from) / count;
          }
          INDArray weights = Nd4j.createFromArray(shares).reshape(1, parts);
          FloatKernels.sum(weights, means, mean, 0);
          means.subiRowVector(mean);
          FloatKernels.sum(weights, variances.addi(means.muli(means)), variance, 0);
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
    Scratch.use(
        HalfKernels.class,
        () -> {
          INDArray from = FloatKernels.pixels(z);
          INDArray to = FloatKernels.pixels(y);
          long part = rows(PART, from);
          FloatWindow window = new FloatWindow(from, part);
          for (long i = 0; i < from.rows(); i += part) {
            long end = Math.min(i + part, from.rows());
            INDArray values = window.read(i, end);
            FLOATS.normalise(values, mean, variance, gamma, beta, epsilon, values);
            FloatWindow.rows(to, i, end).assign(values);
          }
        });
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
        HalfKernels.class,
        () -> {
          INDArray pixels = FloatKernels.pixels(z);
          INDArray dPixels = FloatKernels.pixels(dy);
          long count = pixels.rows();
          long part = rows(PART, pixels);
          FloatWindow values = new FloatWindow(pixels, part);
          FloatWindow gradients = new FloatWindow(dPixels, part);
          dGamma.assign(0);
          dBeta.assign(0);
          INDArray ones = Nd4j.ones(DataType.FLOAT, 1, part);
          for (long i = 0; i < count; i += part) {
            long end = Math.min(i + part, count);
            INDArray weights = ones.get(NDArrayIndex.all(), NDArrayIndex.interval(0, end - i));
            INDArray gradient = gradients.read(i, end);
            FloatKernels.sum(weights, gradient, dBeta, 1);
            FloatKernels.sum(weights, values.read(i, end).muli(gradient), dGamma, 1);
          }
          BatchNormGradient total =
              BatchNormGradient.of(count, mean, variance, gamma, epsilon, dGamma, dBeta);
          for (long i = 0; i < count; i += part) {
            long end = Math.min(i + part, count);
            INDArray gradient = gradients.read(i, end).muliRowVector(total.factor());
            if (mode == BatchNormMode.TRAINING) {
              INDArray value = values.read(i, end);
              FLOATS.normalise(value, mean, variance, total.gamma(), total.beta(), epsilon, value);
              gradient.addi(value);
            }
            gradients.write(i, end);
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
        HalfKernels.class,
        () -> {
          INDArray pixels = FloatKernels.pixels(y);
          long part = rows(PART, pixels);
          FloatWindow outputs = new FloatWindow(pixels, part);
          FloatWindow gradients = new FloatWindow(FloatKernels.pixels(dy), part);
          for (long i = 0; i < pixels.rows(); i += part) {
            long end = Math.min(i + part, pixels.rows());
            FLOATS.reluBackward(outputs.read(i, end), gradients.read(i, end));
            gradients.write(i, end);
          }
        });
  }

  @Override
  public void maxPool(INDArray x, INDArray y) {
    Scratch.use(
        HalfKernels.class,
        () -> {
          long part = rows(MAPS, x);
          FloatWindow from = new FloatWindow(x, part);
          FloatWindow to = new FloatWindow(y, part);
          for (long i = 0; i < x.size(0); i += part) {
            long end = Math.min(i + part, x.size(0));
            FLOATS.maxPool(from.read(i, end), to.blank(i, end));
            to.write(i, end);
          }
        });
  }

  @Override
  public void maxPoolBackward(INDArray x, INDArray dy, INDArray dx) {
    Scratch.use(
        HalfKernels.class,
        () -> {
          long part = rows(MAPS, x);
          FloatWindow inputs = new FloatWindow(x, part);
          FloatWindow gradients = new FloatWindow(dy, part);
          FloatWindow results = new FloatWindow(dx, part);
          for (long i = 0; i < x.size(0); i += part) {
            long end = Math.min(i + part, x.size(0));
            FLOATS.maxPoolBackward(
                inputs.read(i, end), gradients.read(i, end), results.blank(i, end));
            results.write(i, end);
          }
        });
  }

  @Override
  public void dense(INDArray x, INDArray weight, INDArray bias, INDArray y) {
    Scratch.use(
        HalfKernels.class,
        () -> {
          INDArray values = widen(half(x));
          INDArray sums = Nd4j.createUninitialized(DataType.FLOAT, y.shape());
          WeightSlabs slabs = new WeightSlabs(weight);
          for (long i = 0; i < slabs.count(); i += slabs.width()) {
            INDArray slab = slabs.read(i);
            INDArray part = Nd4j.createUninitialized(DataType.FLOAT, y.size(0), slab.size(0));
            FloatKernels.multiply(values, false, slab.transpose(), part);
            columns(sums, i, slab.size(0)).assign(part);
          }
          y.assign(sums.addiRowVector(bias));
        });
  }

  @Override
  public void denseBackward(
      INDArray x, INDArray weight, INDArray dy, INDArray dx, INDArray dWeight, INDArray dBias) {
    Scratch.use(
        HalfKernels.class,
        () -> {
          INDArray gradient = widen(dy);
          FLOATS.denseBackward(widen(half(x)), weight, gradient, null, dWeight, dBias);
          if (dx == null) {
            return;
          }
          INDArray sum = Nd4j.zeros(DataType.FLOAT, dx.shape());
          INDArray partial = sum.ulike();
          WeightSlabs slabs = new WeightSlabs(weight);
          for (long i = 0; i < slabs.count(); i += slabs.width()) {
            INDArray slab = slabs.read(i);
            FloatKernels.multiply(
                columns(gradient, i, slab.size(0)).dup('c'), false, slab, partial);
            sum.addi(partial);
          }
          dx.assign(sum);
        });
  }

  @Override
  public void multiply(INDArray x, INDArray factors, INDArray y) {
    Scratch.use(
        HalfKernels.class,
        () -> {
          y.assign(widen(x).muli(factors));
        });
  }

  @Override
  public void softmaxGradient(INDArray logits, INDArray targets, double factor, INDArray gradient) {
    FLOATS.softmaxGradient(logits, targets, factor, gradient);
  }

  @Override
  public void divide(INDArray left, INDArray right, INDArray result) {
    FLOATS.divide(left, right, result);
  }

  @Override
  public long largestMap() {
    return FLOATS.largestMap();
  }

  @Override
  public EuclideanNorm norm(int parts) {
    return FLOATS.norm(parts);
  }

  @Override
  public void load(float[] from, int offset, INDArray to) {
    FLOATS.load(from, offset, to);
  }

  /**
   * The columns of a dense weight, rounded to 16 bits, some at a time: the whole a second time
   * would take as much memory as all maps together.
   */
  private static final class WeightSlabs {
    private final INDArray columns;
    private final INDArray halves;
    private final FloatWindow window;
    private final long width;

    WeightSlabs(INDArray weight) {
      columns = weight.transpose();
      width = rows(WEIGHTS, columns);
      boolean isHalf = columns.dataType() == DataType.FLOAT16;
      halves =
          isHalf ? columns : Nd4j.createUninitialized(DataType.FLOAT16, width, columns.size(1));
      window = new FloatWindow(halves, width);
    }

    long count() {
      return columns.size(0);
    }

    long width() {
      return width;
    }

    /** [columns, in], from this column on. */
    INDArray read(long from) {
      long to = Math.min(from + width, count());
      if (halves == columns) {
        return window.read(from, to);
      }
      FloatWindow.rows(halves, 0, to - from).assign(FloatWindow.rows(columns, from, to));
      return window.read(0, to - from);
    }
  }

  private static INDArray columns(INDArray array, long from, long count) {
    return array.get(NDArrayIndex.all(), NDArrayIndex.interval(from, from + count));
  }

  /** How many rows of the largest of these arrays make a part. */
  private static long rows(long most, INDArray... arrays) {
    long longest = 1;
    for (INDArray array : arrays) {
      longest = Math.max(longest, array.length() / array.size(0));
    }
    return Math.max(1, Math.min(most / longest, arrays[0].size(0)));
  }

  /** Rounded to 16 bits, where it is not yet. */
  private static INDArray half(INDArray array) {
    return array.dataType() == DataType.FLOAT16
        ? array
        : Nd4j.createUninitialized(DataType.FLOAT16, array.shape()).assign(array);
  }

  private static INDArray widen(INDArray array) {
    return Nd4j.createUninitialized(DataType.FLOAT, array.shape()).assign(array);
  }
}
