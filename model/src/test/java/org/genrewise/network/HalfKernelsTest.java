package org.genrewise.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The 16-bit kernels against the 32-bit ones on values that 16 bits hold exactly: what comes out as
 * 16-bit floats may differ by one rounding, 2^-11 of the value, and the rest by the order of sums.
 */
class HalfKernelsTest {

  private static final Kernels HALF = Kernels.of(Precision.FLOAT16);
  private static final Kernels FLOAT = Kernels.of(Precision.FLOAT32);
  private static final double ROUNDING = 0x1.1p-11;
  private static final double SUM = 1e-4;

  @BeforeEach
  void seed() {
    Nd4j.getRandom().setSeed(42);
  }

  @Test
  void convolution() {
    convolution(2, 9, 3, 4);
  }

  @Test
  void convolutionInParts() {
    convolution(3, 520, 8, 8);
  }

  private static void convolution(long batch, long size, long in, long out) {
    INDArray x = half(batch, size, size, in);
    INDArray weight = half(3, 3, in, out);
    INDArray dy = half(batch, size, size, out);
    INDArray bias = wide(half(out));
    INDArray y = dy.ulike();
    INDArray expected = wide(y);
    HALF.convolve(x, wide(weight), bias, y);
    FLOAT.convolve(wide(x), wide(weight), bias, expected);
    assertClose(expected, y, ROUNDING);

    INDArray dx = x.ulike();
    INDArray dWeight = wide(weight).ulike();
    INDArray dxExpected = wide(x);
    INDArray dWeightExpected = dWeight.ulike();
    HALF.convolveBackward(x, wide(weight), dy, dx, dWeight);
    FLOAT.convolveBackward(wide(x), wide(weight), wide(dy), dxExpected, dWeightExpected);
    assertClose(dxExpected, dx, ROUNDING);
    assertClose(dWeightExpected, dWeight, SUM);
    HALF.convolveBackward(x, wide(weight), dy, null, dWeight);
    assertClose(dWeightExpected, dWeight, SUM);
  }

  @Test
  void weightsAndPicturesAreRounded() {
    INDArray x = Nd4j.valueArrayOf(new long[] {1, 2, 2, 1}, 1f + 0x1p-12f, DataType.FLOAT);
    INDArray weight = Nd4j.valueArrayOf(new long[] {3, 3, 1, 1}, 1f - 0x1p-13f, DataType.FLOAT);
    INDArray y = Nd4j.createUninitialized(DataType.FLOAT16, 1, 2, 2, 1);
    HALF.convolve(x, weight, Nd4j.zeros(DataType.FLOAT, 1), y);
    assertEquals(4, y.getDouble(0), 0);
    INDArray dWeight = weight.ulike();
    HALF.convolveBackward(x, weight, y, null, dWeight);
    assertEquals(16, dWeight.getDouble(1, 1, 0, 0), 0);
  }

  @ParameterizedTest
  @EnumSource(BatchNormMode.class)
  void batchNorm(BatchNormMode mode) {
    batchNorm(3, 6, mode);
  }

  @ParameterizedTest
  @EnumSource(BatchNormMode.class)
  void batchNormInParts(BatchNormMode mode) {
    batchNorm(3, 400, mode);
  }

  private static void batchNorm(long batch, long size, BatchNormMode mode) {
    INDArray z = half(batch, size, size, 4).muli(3).addi(2);
    INDArray mean = Nd4j.create(DataType.FLOAT, 4);
    INDArray variance = mean.like();
    HALF.moments(z, z.ulike(), mean, variance);
    INDArray exact = z.castTo(DataType.DOUBLE).reshape(-1, 4);
    assertClose(exact.mean(0), mean, SUM);
    assertClose(exact.var(false, 0), variance, SUM);

    INDArray gamma = wide(half(4)).addi(2);
    INDArray y = z.dup();
    INDArray expected = wide(z);
    HALF.normalise(y, mean, variance, gamma, gamma, 1e-5, y);
    FLOAT.normalise(expected, mean, variance, gamma, gamma, 1e-5, expected);
    assertClose(expected, y, ROUNDING);

    INDArray dy = half(z.shape());
    INDArray gradient = wide(dy);
    INDArray dGamma = mean.like();
    INDArray dBeta = mean.like();
    INDArray dGammaExpected = mean.like();
    INDArray dBetaExpected = mean.like();
    HALF.normaliseBackward(z, dy, mean, variance, gamma, 1e-5, mode, dGamma, dBeta);
    FLOAT.normaliseBackward(
        wide(z), gradient, mean, variance, gamma, 1e-5, mode, dGammaExpected, dBetaExpected);
    assertClose(gradient, dy, ROUNDING);
    assertClose(dGammaExpected, dGamma, 1e-3);
    assertClose(dBetaExpected, dBeta, 1e-3);
  }

  /** Sums in 16 bits would stop at 2048. */
  @Test
  void sumsAreOf32Bits() {
    INDArray ones = Nd4j.ones(DataType.FLOAT16, 1, 512, 1024, 1);
    INDArray mean = Nd4j.create(DataType.FLOAT, 1);
    INDArray variance = mean.like();
    HALF.moments(ones, ones.ulike(), mean, variance);
    assertEquals(1, mean.getDouble(0), 1e-6);
    assertEquals(0, variance.getDouble(0), 1e-6);
    INDArray dGamma = mean.like();
    INDArray dBeta = mean.like();
    HALF.normaliseBackward(
        ones.dup(), ones, mean, variance, mean, 1e-5, BatchNormMode.TRAINING, dGamma, dBeta);
    assertEquals(512 * 1024, dBeta.getDouble(0), 0);

    INDArray x = Nd4j.ones(DataType.FLOAT16, 1, 20_000);
    INDArray y = Nd4j.create(DataType.FLOAT16, 1, 1);
    INDArray weight = Nd4j.ones(DataType.FLOAT, 1, 20_000).transpose();
    HALF.dense(x, weight, Nd4j.zeros(DataType.FLOAT, 1), y);
    assertEquals(20_000, y.getDouble(0), 8);
  }

  @Test
  void dense() {
    dense(5, 4);
  }

  @Test
  void denseInSlabs() {
    dense(30_000, 150);
  }

  private static void dense(long in, long out) {
    INDArray x = half(3, in);
    INDArray weight = wide(half(out, in)).transpose();
    INDArray bias = wide(half(out));
    INDArray y = half(3, out);
    INDArray expected = wide(y);
    HALF.dense(x, weight, bias, y);
    FLOAT.dense(wide(x), weight, bias, expected);
    assertClose(expected, y, ROUNDING);
    INDArray logits = expected.ulike();
    HALF.dense(x, weight, bias, logits);
    assertClose(expected, logits, SUM);
    HALF.dense(x, half(weight), bias, logits);
    assertClose(expected, logits, SUM);

    INDArray dy = half(3, out);
    INDArray dx = x.ulike();
    INDArray dWeight = Nd4j.create(DataType.FLOAT, new long[] {in, out}, 'f');
    INDArray dBias = bias.like();
    INDArray dxExpected = wide(dx);
    INDArray dWeightExpected = dWeight.like();
    INDArray dBiasExpected = bias.like();
    HALF.denseBackward(x, weight, dy, dx, dWeight, dBias);
    FLOAT.denseBackward(wide(x), weight, wide(dy), dxExpected, dWeightExpected, dBiasExpected);
    assertClose(dxExpected, dx, ROUNDING);
    assertClose(dWeightExpected, dWeight, SUM);
    assertClose(dBiasExpected, dBias, SUM);
  }

  @Test
  void reluAndMaxPoolAreExact() {
    INDArray x = half(3, 440, 440, 8);
    INDArray y = half(3, 220, 220, 8);
    INDArray expected = wide(y);
    HALF.maxPool(x, y);
    FLOAT.maxPool(wide(x), expected);
    assertClose(expected, y, 0);
    INDArray dy = half(y.shape());
    INDArray dx = x.ulike();
    INDArray dxExpected = wide(x);
    HALF.maxPoolBackward(x, dy, dx);
    FLOAT.maxPoolBackward(wide(x), wide(dy), dxExpected);
    assertClose(dxExpected, dx, 0);

    INDArray gradient = half(x.shape());
    INDArray gradientExpected = wide(gradient);
    INDArray output = x.dup();
    INDArray outputExpected = wide(x);
    HALF.relu(output);
    FLOAT.relu(outputExpected);
    assertClose(outputExpected, output, 0);
    HALF.reluBackward(output, gradient);
    FLOAT.reluBackward(outputExpected, gradientExpected);
    assertClose(gradientExpected, gradient, 0);
  }

  @Test
  void theInfiniteComesThroughEveryBackwardPass() {
    INDArray x = half(1, 4, 4, 2).addi(2);
    INDArray dy = x.dup();
    dy.putScalar(new long[] {0, 1, 1, 0}, Float.POSITIVE_INFINITY);
    INDArray dx = x.ulike();
    INDArray dWeight = Nd4j.create(DataType.FLOAT, 3, 3, 2, 2);
    HALF.convolveBackward(x, wide(half(3, 3, 2, 2)), dy, dx, dWeight);
    assertFalse(isFinite(dx));
    assertFalse(isFinite(dWeight));

    INDArray gradient = dy.dup();
    HALF.reluBackward(x, gradient);
    assertFalse(isFinite(gradient));

    INDArray two = Nd4j.ones(DataType.FLOAT, 2);
    INDArray dGamma = two.like();
    INDArray dBeta = two.like();
    for (BatchNormMode mode : BatchNormMode.values()) {
      INDArray dz = gradient.dup();
      HALF.normaliseBackward(x, dz, two, two, two, 1e-5, mode, dGamma, dBeta);
      assertFalse(isFinite(dz));
      assertFalse(isFinite(dGamma));
      assertFalse(isFinite(dBeta));
    }

    INDArray large = half(1, 8, 8, 2);
    INDArray spread = large.ulike();
    HALF.maxPoolBackward(large, dy, spread);
    assertFalse(isFinite(spread));

    INDArray rows = dy.reshape(2, 16);
    INDArray weight = wide(half(3, 16)).transpose();
    INDArray result = half(2, 3);
    result.putScalar(0, 0, Float.POSITIVE_INFINITY);
    INDArray back = rows.ulike();
    INDArray dDense = Nd4j.create(DataType.FLOAT, new long[] {16, 3}, 'f');
    HALF.denseBackward(half(2, 16), weight, result, back, dDense, wide(half(3)));
    assertFalse(isFinite(back));
    assertFalse(isFinite(dDense));
  }

  @Test
  void tooLargeBecomesInfinite() {
    INDArray x = Nd4j.valueArrayOf(new long[] {1, 4}, 60_000f, DataType.FLOAT).castTo(type());
    INDArray y = Nd4j.create(type(), 1, 1);
    HALF.dense(x, Nd4j.ones(DataType.FLOAT, 1, 4).transpose(), Nd4j.zeros(DataType.FLOAT, 1), y);
    assertTrue(Double.isInfinite(y.getDouble(0)));
  }

  /** Values from -1 to 1. */
  private static INDArray half(long... shape) {
    return half(Nd4j.rand(DataType.FLOAT, shape).subi(0.5f).muli(2));
  }

  private static INDArray half(INDArray array) {
    return array.castTo(type());
  }

  private static INDArray wide(INDArray array) {
    return array.castTo(DataType.FLOAT);
  }

  private static DataType type() {
    return HALF.activationType();
  }

  private static boolean isFinite(INDArray array) {
    for (float value : flat(array)) {
      if (!Float.isFinite(value)) {
        return false;
      }
    }
    return true;
  }

  /** Within a share of the expected value, or of the largest for small ones. */
  private static void assertClose(INDArray expected, INDArray actual, double tolerance) {
    float[] left = flat(expected);
    float[] right = flat(actual);
    if (tolerance == 0) {
      assertArrayEquals(left, right, 0f);
      return;
    }
    double largest = 0;
    for (float value : left) {
      largest = Math.max(largest, Math.abs(value));
    }
    for (int i = 0; i < left.length; i++) {
      double allowed = tolerance * Math.max(Math.abs(left[i]), 0.01 * largest);
      if (!(Math.abs(left[i] - right[i]) <= allowed)) {
        assertEquals(left[i], right[i], allowed, "value " + i);
      }
    }
  }

  private static float[] flat(INDArray array) {
    return array.castTo(DataType.FLOAT).dup('c').reshape(array.length()).toFloatVector();
  }
}
