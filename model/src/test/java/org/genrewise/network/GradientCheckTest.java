package org.genrewise.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.DoubleSupplier;
import org.genrewise.network.ConvolutionUnit.Kept;
import org.genrewise.network.ConvolutionUnit.Moments;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The kernels' gradients against central differences of sum(result * g), for a random g. The steps
 * are large and the functions (but for batch norm) linear between kinks, since values are 32-bit.
 */
class GradientCheckTest {

  private static final Kernels KERNELS = Kernels.of(Precision.FLOAT32);

  @BeforeEach
  void seed() {
    Nd4j.getRandom().setSeed(42);
  }

  @Test
  void convolution() {
    check(3, 2);
  }

  /** Large enough to be cut into parts. */
  @Test
  void convolutionInParts() {
    int size = 512;
    INDArray x = random(9, size, size, 1);
    INDArray weight = random(3, 3, 1, 1);
    INDArray dy = random(9, size, size, 1);
    INDArray dx = x.like();
    INDArray dWeight = weight.like();
    KERNELS.convolveBackward(x, weight, dy, dx, dWeight);
    INDArray y = x.like();
    KERNELS.convolve(x, weight, Nd4j.zeros(1), y);
    // Both sides are the bilinear form <dy, convolve(x, weight)>.
    double form = dot(dy, y);
    assertEquals(form, dot(dWeight, weight), 1e-3 * Math.abs(form));
    assertEquals(form, dot(dx, x), 1e-3 * Math.abs(form));
  }

  private static void check(int in, int out) {
    INDArray x = random(2, 4, 5, in);
    INDArray weight = random(3, 3, in, out);
    INDArray bias = random(out);
    INDArray y = Nd4j.create(DataType.FLOAT, 2, 4, 5, out);
    INDArray g = random(2, 4, 5, out);
    INDArray dx = x.like();
    INDArray dWeight = weight.like();
    KERNELS.convolveBackward(x, weight, g.dup(), dx, dWeight);
    DoubleSupplier loss =
        () -> {
          KERNELS.convolve(x, weight, bias, y);
          return dot(y, g);
        };
    compare(loss, x, dx, 0.5, 1e-4);
    compare(loss, weight, dWeight, 0.5, 1e-3);
  }

  @Test
  void firstConvolutionHasTheSameWeightGradient() {
    INDArray x = random(2, 6, 5, 3);
    INDArray weight = random(3, 3, 3, 2);
    INDArray dy = random(2, 6, 5, 2);
    INDArray expected = weight.like();
    INDArray actual = weight.like();
    KERNELS.convolveBackward(x, weight, dy, x.like(), expected);
    KERNELS.convolveBackward(x, weight, dy, null, actual);
    assertArrayEquals(
        expected.reshape(-1).toFloatVector(), actual.reshape(-1).toFloatVector(), 1e-5f);
  }

  @ParameterizedTest
  @EnumSource(BatchNormMode.class)
  void batchNorm(BatchNormMode mode) {
    INDArray z = random(3, 4, 4, 2).muli(3).addi(1);
    INDArray gamma = random(2).addi(2);
    INDArray beta = random(2);
    INDArray g = random(3, 4, 4, 2);
    INDArray mean = Nd4j.create(DataType.FLOAT, 2);
    INDArray variance = mean.like();
    INDArray y = z.like();
    KERNELS.moments(z, y, mean, variance);
    mean.addi(0.5);
    variance.muli(2);
    DoubleSupplier loss =
        () -> {
          if (mode == BatchNormMode.TRAINING) {
            KERNELS.moments(z, y, mean, variance);
          }
          KERNELS.normalise(z, mean, variance, gamma, beta, 1e-5, y);
          return dot(y, g);
        };
    loss.getAsDouble();
    INDArray dz = g.dup();
    INDArray dGamma = gamma.like();
    INDArray dBeta = beta.like();
    KERNELS.normaliseBackward(z, dz, mean, variance, gamma, 1e-5, mode, dGamma, dBeta);
    compare(loss, z, dz, 0.03, 2e-3);
    compare(loss, gamma, dGamma, 0.1, 2e-3);
    compare(loss, beta, dBeta, 0.1, 2e-3);
  }

  /** Beta keeps one channel above the kink of ReLU and another below it. */
  @ParameterizedTest
  @EnumSource(BatchNormMode.class)
  void convolutionBatchNormAndRelu(BatchNormMode mode) {
    Map<String, INDArray> parameters = new HashMap<>();
    parameters.put(ConvolutionBlock.WEIGHT, random(3, 3, 2, 3));
    parameters.put(ConvolutionBlock.BIAS, random(3));
    parameters.put(ConvolutionBlock.GAMMA, random(3).addi(2));
    parameters.put(ConvolutionBlock.BETA, Nd4j.createFromArray(30f, -30f, 20f));
    parameters.put(ConvolutionBlock.MEAN, random(3));
    parameters.put(ConvolutionBlock.VARIANCE, random(3).addi(3));
    Map<String, INDArray> gradients = new HashMap<>();
    parameters.forEach((key, values) -> gradients.put(key, values.like().assign(7)));
    ConvolutionUnit unit = new ConvolutionUnit(KERNELS, mode, parameters, gradients);
    INDArray x = random(2, 4, 5, 2);
    INDArray z = Nd4j.create(DataType.FLOAT, 2, 4, 5, 3);
    INDArray y = z.like();
    INDArray g = random(2, 4, 5, 3);
    Moments moments = unit.moments(() -> Nd4j.create(DataType.FLOAT, 3));
    DoubleSupplier loss =
        () -> {
          unit.train(x, z, y, moments, y);
          return dot(y, g);
        };
    loss.getAsDouble();
    INDArray dx = x.like();
    unit.backward(new Kept(x, z, y, moments), g.dup(), dx);

    compare(loss, x, dx, 0.05, 1e-2);
    for (String key : List.of("weight", "bias", "gamma", "beta")) {
      compare(loss, parameters.get(key), gradients.get(key), 0.05, 1e-2);
    }
    boolean isEvaluation = mode == BatchNormMode.EVALUATION;
    assertEquals(isEvaluation, gradients.get("bias").amaxNumber().doubleValue() > 0.1);
    assertEquals(isEvaluation, gradients.get("mean").amaxNumber().doubleValue() == 0);
    assertEquals(isEvaluation, gradients.get("variance").amaxNumber().doubleValue() == 0);
  }

  @Test
  void momentsOfAFarMeanKeepTheirPrecision() {
    INDArray z = random(2, 8, 8, 1).addi(1000);
    INDArray mean = Nd4j.create(DataType.FLOAT, 1);
    INDArray variance = mean.like();
    KERNELS.moments(z, z.like(), mean, variance);
    INDArray exact = z.castTo(DataType.DOUBLE);
    assertEquals(exact.meanNumber().doubleValue(), mean.getDouble(0), 1e-2);
    double expected = exact.var(false).getDouble(0);
    assertEquals(expected, variance.getDouble(0), 1e-2 * expected);
  }

  @Test
  void relu() {
    elementwise(random(2, 3), (x, y) -> KERNELS.relu(y.assign(x)), KERNELS::reluBackward);
  }

  @Test
  void maxPool() {
    INDArray x = Nd4j.arange(2 * 4 * 6 * 2).castTo(DataType.FLOAT).reshape(2, 4, 6, 2).muli(7);
    x.assign(Nd4j.math().sin(x));
    INDArray y = Nd4j.create(DataType.FLOAT, 2, 2, 3, 2);
    INDArray g = random(2, 2, 3, 2);
    INDArray dx = x.like();
    KERNELS.maxPoolBackward(x, g, dx);
    DoubleSupplier loss =
        () -> {
          KERNELS.maxPool(x, y);
          return dot(y, g);
        };
    compare(loss, x, dx, 1e-3, 2e-2);
  }

  @Test
  void dense() {
    INDArray x = random(3, 5);
    INDArray weight = random(4, 5).transpose();
    INDArray bias = random(4);
    INDArray y = Nd4j.create(DataType.FLOAT, 3, 4);
    INDArray g = random(3, 4);
    INDArray dx = x.like();
    INDArray dWeight = Nd4j.create(DataType.FLOAT, new long[] {5, 4}, 'f');
    INDArray dBias = bias.like();
    KERNELS.denseBackward(x, weight, g, dx, dWeight, dBias);
    DoubleSupplier loss =
        () -> {
          KERNELS.dense(x, weight, bias, y);
          return dot(y, g);
        };
    compare(loss, x, dx, 0.5, 1e-4);
    compare(loss, weight, dWeight, 0.5, 1e-4);
    compare(loss, bias, dBias, 0.5, 1e-4);
  }

  private static void elementwise(
      INDArray x, BiConsumer<INDArray, INDArray> forward, BiConsumer<INDArray, INDArray> backward) {
    INDArray y = x.like();
    INDArray g = x.like().assign(Nd4j.rand(DataType.FLOAT, x.shape()));
    forward.accept(x, y);
    INDArray dx = g.dup();
    backward.accept(y, dx);
    DoubleSupplier loss =
        () -> {
          forward.accept(x, y);
          return dot(y, g);
        };
    compare(loss, x, dx, 1e-3, 1e-2);
  }

  private static void compare(
      DoubleSupplier loss, INDArray values, INDArray gradient, double step, double tolerance) {
    for (long i = 0; i < values.length(); i++) {
      double value = values.getDouble(i);
      values.putScalar(i, value + step);
      double up = loss.getAsDouble();
      values.putScalar(i, value - step);
      double down = loss.getAsDouble();
      values.putScalar(i, value);
      assertEquals((up - down) / (2 * step), gradient.getDouble(i), tolerance, "value " + i);
    }
  }

  private static double dot(INDArray a, INDArray b) {
    return a.castTo(DataType.DOUBLE).mul(b.castTo(DataType.DOUBLE)).sumNumber().doubleValue();
  }

  private static INDArray random(long... shape) {
    return Nd4j.rand(DataType.FLOAT, shape).subi(0.5f).muli(2);
  }
}
