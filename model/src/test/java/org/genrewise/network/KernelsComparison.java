package org.genrewise.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Every kernel against its definition. Subclasses say which kernels and how exact they are. Inputs
 * are values that 16 bits hold exactly.
 */
abstract class KernelsComparison {

  private static final double EPSILON = 1e-5;

  abstract Kernels kernels();

  /** Of the largest value: what a result of the activations' type may be off by. */
  double activations() {
    return is16Bit() ? 0x1.2p-10 : 5e-6;
  }

  /** Of the largest value: what a result of 32 bits may be off by. */
  double sums() {
    return 1e-5;
  }

  /** A deviation may be small, and then what is divided by it is less exact. */
  private double normalised() {
    return is16Bit() ? 2 * activations() : 2e-5;
  }

  /** As {@link #sums}, for gradients of convolution weights. */
  double filterGradients() {
    return sums();
  }

  final boolean is16Bit() {
    return kernels().activationType() == DataType.FLOAT16;
  }

  @BeforeEach
  void seed() {
    Nd4j.getRandom().setSeed(42);
  }

  @ParameterizedTest(name = "[{0}, {1}, {2}, {3}] to {4} channels")
  @CsvSource({
    "2, 9, 9, 3, 4",
    "1, 5, 7, 5, 7",
    "3, 4, 6, 16, 24",
    "1, 1, 1, 8, 8",
    "1, 2, 3, 1, 1",
    "2, 14, 14, 64, 32",
    "4, 28, 28, 3, 64",
  })
  void convolution(long batch, long height, long width, long in, long out) {
    INDArray x = activation(batch, height, width, in);
    INDArray weight = exact(3, 3, in, out);
    INDArray bias = exact(out);
    INDArray y = activation(batch, height, width, out);
    kernels().convolve(x, weight, bias, y);
    assertClose(ReferenceKernels.convolve(x, weight, bias), y, activations());

    INDArray dy = activation(batch, height, width, out);
    INDArray before = dy.dup();
    INDArray dx = activation(batch, height, width, in);
    INDArray dWeight = exact(3, 3, in, out);
    kernels().convolveBackward(x, weight, dy, dx, dWeight);
    assertClose(ReferenceKernels.convolveBackwardData(x, weight, dy), dx, activations());
    double[] expected = ReferenceKernels.convolveBackwardFilter(x, weight, dy);
    assertClose(expected, dWeight, filterGradients());
    dWeight.assign(0);
    kernels().convolveBackward(x, weight, dy, null, dWeight);
    assertClose(expected, dWeight, filterGradients());
    assertSame(before, dy);
  }

  @Test
  void theFirstConvolutionReadsPicturesOf32Bits() {
    INDArray x = exact(2, 8, 8, 3);
    INDArray weight = exact(3, 3, 3, 16);
    INDArray bias = exact(16);
    INDArray y = activation(2, 8, 8, 16);
    kernels().convolve(x, weight, bias, y);
    assertClose(ReferenceKernels.convolve(x, weight, bias), y, activations());
    INDArray dWeight = exact(3, 3, 3, 16);
    kernels().convolveBackward(x, weight, y, null, dWeight);
    assertClose(ReferenceKernels.convolveBackwardFilter(x, weight, y), dWeight, filterGradients());
  }

  @ParameterizedTest(name = "{0} to {1} channels")
  @CsvSource({"8, 16", "3, 5"})
  void weightsOfInferenceAreOfTheActivationsType(long in, long out) {
    INDArray x = activation(2, 6, 6, in);
    INDArray weight = exact(3, 3, in, out);
    INDArray bias = exact(out);
    INDArray y = activation(2, 6, 6, out);
    kernels().convolve(x, weight.castTo(type()), bias, y);
    double[] expected = ReferenceKernels.convolve(x, weight, bias);
    assertClose(expected, y, activations());
    y.assign(0);
    kernels().convolve(x, kernels().prepare(weight.castTo(type())), bias, y);
    assertClose(expected, y, activations());
  }

  /** As parameters and gradients do: they are views of one vector each. */
  @Test
  void viewsOfAFlatVectorAreReadAndWrittenInPlace() {
    INDArray flat = exact(4 + 9 * 8 * 16 + 4);
    INDArray gradient = exact(4 + 9 * 8 * 16 + 4);
    double[] before = ReferenceKernels.values(gradient);
    INDArray weight = part(flat).reshape('c', 3, 3, 8, 16);
    INDArray dWeight = part(gradient).reshape('c', 3, 3, 8, 16);
    INDArray x = activation(2, 5, 5, 8);
    INDArray dy = activation(2, 5, 5, 16);
    kernels().convolveBackward(x, weight, dy, null, dWeight);

    double[] after = ReferenceKernels.values(gradient);
    double[] expected = ReferenceKernels.convolveBackwardFilter(x, weight, dy);
    assertClose(expected, part(gradient), filterGradients());
    for (int i = 0; i < 4; i++) {
      assertEquals(before[i], after[i]);
      assertEquals(before[before.length - 1 - i], after[before.length - 1 - i]);
    }

    INDArray y = activation(2, 5, 5, 16);
    INDArray bias = exact(16);
    kernels().convolve(x, weight, bias, y);
    assertClose(ReferenceKernels.convolve(x, weight, bias), y, activations());
  }

  private static INDArray part(INDArray flat) {
    return flat.get(NDArrayIndex.interval(4, flat.length() - 4));
  }

  @ParameterizedTest(name = "[{0}, {1}, {2}, {3}]")
  @CsvSource({"3, 6, 6, 4", "1, 5, 7, 3", "2, 1, 1, 8", "4, 28, 28, 64"})
  void batchNorm(long batch, long height, long width, long channels) {
    for (BatchNormMode mode : BatchNormMode.values()) {
      batchNorm(mode, batch, height, width, channels);
    }
  }

  private void batchNorm(BatchNormMode mode, long batch, long height, long width, long channels) {
    INDArray z = activation(batch, height, width, channels).muli(3).addi(2);
    INDArray mean = exact(channels);
    INDArray variance = exact(channels);
    kernels().moments(z, z.ulike(), mean, variance);
    assertClose(ReferenceKernels.mean(z), mean, sums());
    assertClose(ReferenceKernels.variance(z), variance, 4 * sums());
    if (mode == BatchNormMode.EVALUATION) {
      mean.addi(0.25);
      variance.addi(0.5);
    }

    INDArray gamma = exact(channels).addi(2);
    INDArray beta = exact(channels);
    double[] expected = ReferenceKernels.normalise(z, mean, variance, gamma, beta, EPSILON);
    INDArray y = z.ulike();
    kernels().normalise(z, mean, variance, gamma, beta, EPSILON, y);
    assertClose(expected, y, normalised());
    y.assign(z);
    kernels().normalise(y, mean, variance, gamma, beta, EPSILON, y);
    assertClose(expected, y, normalised());

    INDArray dy = activation(batch, height, width, channels);
    double[][] gradients =
        ReferenceKernels.normaliseBackward(z, dy, mean, variance, gamma, EPSILON, mode);
    INDArray dGamma = exact(channels);
    INDArray dBeta = exact(channels);
    kernels().normaliseBackward(z, dy, mean, variance, gamma, EPSILON, mode, dGamma, dBeta);
    assertClose(gradients[0], dy, 2 * normalised());
    assertClose(gradients[1], dGamma, 20 * sums());
    assertClose(gradients[2], dBeta, 20 * sums());
  }

  @Test
  void aConstantChannelHasNoVariance() {
    INDArray z = Nd4j.valueArrayOf(new long[] {2, 4, 4, 8}, 3f, DataType.FLOAT).castTo(type());
    INDArray mean = exact(8);
    INDArray variance = exact(8);
    kernels().moments(z, z.ulike(), mean, variance);
    for (int i = 0; i < 8; i++) {
      assertEquals(3, mean.getDouble(i), 1e-6);
      assertEquals(0, variance.getDouble(i), 1e-9);
    }
  }

  /** Sums of 16 bits would stop at 2048. */
  @Test
  void sumsAreOf32Bits() {
    INDArray ones = Nd4j.ones(DataType.FLOAT, 1, 256, 512, 1).castTo(type());
    INDArray mean = exact(1);
    INDArray variance = exact(1);
    kernels().moments(ones, ones.ulike(), mean, variance);
    assertEquals(1, mean.getDouble(0), 1e-6);
    INDArray dGamma = exact(1);
    INDArray dBeta = exact(1);
    INDArray gamma = Nd4j.ones(DataType.FLOAT, 1);
    kernels()
        .normaliseBackward(
            ones.dup(), ones, mean, gamma, gamma, EPSILON, BatchNormMode.EVALUATION, dGamma, dBeta);
    assertEquals(256 * 512, dBeta.getDouble(0), 0.1);

    INDArray x = Nd4j.ones(DataType.FLOAT, 1, 20_000).castTo(type());
    INDArray y = activation(1, 1);
    INDArray weight = Nd4j.ones(DataType.FLOAT, 1, 20_000).transpose();
    kernels().dense(x, weight, Nd4j.zeros(DataType.FLOAT, 1), y);
    assertEquals(20_000, y.getDouble(0), 8);
  }

  @Test
  void relu() {
    INDArray y = activation(2, 3, 5, 7);
    double[] expected = ReferenceKernels.values(y);
    kernels().relu(y);
    INDArray dy = activation(2, 3, 5, 7);
    double[] gradient = ReferenceKernels.values(dy);
    kernels().reluBackward(y, dy);
    for (int i = 0; i < expected.length; i++) {
      gradient[i] = expected[i] > 0 ? gradient[i] : 0;
      expected[i] = Math.max(expected[i], 0);
    }
    assertClose(expected, y, 0);
    assertClose(gradient, dy, 0);

    INDArray rows = activation(3, 10);
    kernels().relu(rows);
    assertTrue(rows.minNumber().doubleValue() >= 0);
  }

  /** Values that differ from each other, so that the largest is one. */
  @ParameterizedTest(name = "[{0}, {1}, {2}, {3}]")
  @CsvSource({"2, 6, 8, 4", "1, 5, 7, 3", "1, 2, 2, 8"})
  void maxPool(long batch, long height, long width, long channels) {
    long length = batch * height * width * channels;
    INDArray x =
        Nd4j.arange(length)
            .muli(37)
            .fmodi(997)
            .castTo(type())
            .reshape('c', batch, height, width, channels)
            .dup('c');
    INDArray y = activation(batch, height / 2, width / 2, channels);
    kernels().maxPool(x, y);
    assertArrayEquals(ReferenceKernels.maxPool(x), ReferenceKernels.values(y));
    INDArray dy = activation(batch, height / 2, width / 2, channels);
    INDArray dx = activation(batch, height, width, channels);
    kernels().maxPoolBackward(x, dy, dx);
    assertArrayEquals(ReferenceKernels.maxPoolBackward(x, dy), ReferenceKernels.values(dx));
  }

  @ParameterizedTest(name = "[{0}, {1}] to {2}")
  @CsvSource({"3, 5, 4", "1, 7, 1", "4, 64, 16", "2, 300, 33"})
  void dense(int rows, int in, int out) {
    INDArray x = activation(rows, in);
    INDArray weight = exact(out, in).transpose();
    INDArray bias = exact(out);
    double[] expected =
        ReferenceKernels.product(
            ReferenceKernels.values(x), ReferenceKernels.values(weight), rows, in, out);
    for (int i = 0; i < expected.length; i++) {
      expected[i] += bias.getDouble(i % out);
    }
    INDArray y = activation(rows, out);
    kernels().dense(x, weight, bias, y);
    assertClose(expected, y, activations());
    INDArray logits = exact(rows, out);
    kernels().dense(x, weight, bias, logits);
    assertClose(expected, logits, sums());
    INDArray folded = Nd4j.createUninitialized(type(), new long[] {in, out}, 'f');
    folded.transpose().assign(weight.transpose());
    kernels().dense(x, folded, bias, logits);
    assertClose(expected, logits, sums());

    denseBackward(x, weight, activation(rows, out));
    denseBackward(x, weight, exact(rows, out));
  }

  private void denseBackward(INDArray x, INDArray weight, INDArray dy) {
    int rows = (int) x.size(0);
    int in = (int) x.size(1);
    int out = (int) dy.size(1);
    double[] gradient = ReferenceKernels.values(dy);
    INDArray dx = activation(rows, in);
    INDArray dWeight = Nd4j.create(DataType.FLOAT, new long[] {in, out}, 'f');
    INDArray dBias = exact(out);
    double[] left = ReferenceKernels.values(x.transpose());
    double[] expected = ReferenceKernels.product(left, gradient, in, rows, out);
    kernels().denseBackward(x, weight, dy, null, dWeight, dBias);
    assertClose(expected, dWeight, sums());
    dWeight.assign(0);
    kernels().denseBackward(x, weight, dy, dx, dWeight, dBias);
    assertClose(expected, dWeight, sums());
    double[] right = ReferenceKernels.values(weight.transpose());
    assertClose(ReferenceKernels.product(gradient, right, rows, out, in), dx, activations());
    double[] ones = new double[rows];
    Arrays.fill(ones, 1);
    assertClose(ReferenceKernels.product(ones, gradient, 1, rows, out), dBias, sums());
  }

  @ParameterizedTest(name = "[{0}, {1}]")
  @CsvSource({"1, 3", "4, 16", "8, 5"})
  void softmaxGradient(int rows, int classes) {
    INDArray logits = exact(rows, classes);
    INDArray targets = Nd4j.rand(DataType.FLOAT, rows, classes);
    double factor = 1024 / targets.sumNumber().doubleValue();
    INDArray gradient = exact(rows, classes);
    kernels().softmaxGradient(logits, targets, factor, gradient);
    assertClose(ReferenceKernels.softmaxGradient(logits, targets, factor), gradient, sums());
  }

  @Test
  void divide() {
    INDArray left = exact(50);
    INDArray right = exact(50).addi(4);
    double[] expected = ReferenceKernels.values(left);
    for (int i = 0; i < expected.length; i++) {
      expected[i] /= right.getDouble(i);
    }
    kernels().divide(left, right, right);
    assertClose(expected, right, sums());
  }

  @Test
  void multiply() {
    INDArray x = activation(3, 50);
    INDArray factors = exact(3, 50);
    double[] expected = ReferenceKernels.values(x);
    for (int i = 0; i < expected.length; i++) {
      expected[i] *= factors.getDouble(i);
    }
    kernels().multiply(x, factors, x);
    assertClose(expected, x, activations());
  }

  @Test
  void theNormOfPartsIsThatOfAllTheirValues() {
    INDArray vector = exact(1000);
    EuclideanNorm norm = kernels().norm(3);
    norm.add(vector.get(NDArrayIndex.interval(0, 10)));
    norm.add(vector.get(NDArrayIndex.interval(10, 700)));
    norm.add(vector.get(NDArrayIndex.interval(700, 1000)));
    double squares = 0;
    for (double value : ReferenceKernels.values(vector)) {
      squares += value * value;
    }
    assertEquals(Math.sqrt(squares), norm.value(), 1e-5 * Math.sqrt(squares));
    assertEquals(0, kernels().norm(2).value());
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  void aNormShowsOneValueThatIsNotFinite(float bad) {
    INDArray vector = exact(100);
    vector.putScalar(57, bad);
    EuclideanNorm norm = kernels().norm(2);
    norm.add(vector.get(NDArrayIndex.interval(0, 50)));
    norm.add(vector.get(NDArrayIndex.interval(50, 100)));
    assertFalse(Double.isFinite(norm.value()));
  }

  @Test
  void whatJavaHoldsIsLoadedAgainAndAgain() {
    INDArray memory = Nd4j.createUninitializedDetached(DataType.FLOAT, 2 * 4 * 4 * 3);
    INDArray weight = exact(3, 3, 3, 8);
    INDArray bias = exact(8);
    for (int i = 1; i <= 3; i++) {
      float[] values = new float[5 + 4 * 4 * 3];
      for (int k = 0; k < values.length; k++) {
        values[k] = i * (k % 11) / 16f;
      }
      INDArray x = memory.get(NDArrayIndex.interval(0, 4 * 4 * 3)).reshape('c', 1, 4, 4, 3);
      kernels().load(values, 5, x);
      INDArray y = activation(1, 4, 4, 8);
      kernels().convolve(x, weight, bias, y);
      INDArray expected = Nd4j.createFromArray(Arrays.copyOfRange(values, 5, 53));
      assertClose(
          ReferenceKernels.convolve(expected.reshape('c', 1, 4, 4, 3), weight, bias),
          y,
          activations());
    }
    memory.close();
  }

  @ParameterizedTest
  @EnumSource(BatchNormMode.class)
  void theInfiniteComesThroughBackwardPasses(BatchNormMode mode) {
    INDArray x = activation(1, 4, 4, 8).addi(2);
    INDArray dy = x.dup();
    dy.putScalar(new long[] {0, 1, 1, 0}, Float.POSITIVE_INFINITY);
    INDArray dWeight = exact(3, 3, 8, 8);
    INDArray dx = x.ulike();
    kernels().convolveBackward(x, exact(3, 3, 8, 8), dy, dx, dWeight);
    assertFalse(isFinite(dx));
    assertFalse(isFinite(dWeight));
    INDArray gradient = dy.dup();
    kernels().reluBackward(x, gradient);
    assertFalse(isFinite(gradient));
    INDArray two = Nd4j.ones(DataType.FLOAT, 8).muli(2);
    INDArray dGamma = exact(8);
    INDArray dBeta = exact(8);
    kernels().normaliseBackward(x, gradient, two, two, two, EPSILON, mode, dGamma, dBeta);
    assertFalse(isFinite(gradient));
    assertFalse(isFinite(dBeta));
  }

  /** Sums of 16-bit values are larger than any of them, and gradients of weights have 32 bits. */
  @Test
  void gradientsOfWeightsMayBeLargerThan16BitsHold() {
    INDArray x = Nd4j.ones(DataType.FLOAT, 2, 32, 32, 8).castTo(type());
    INDArray dy = Nd4j.valueArrayOf(x.shape(), 128f, DataType.FLOAT).castTo(type());
    INDArray dWeight = exact(3, 3, 8, 8);
    kernels().convolveBackward(x, exact(3, 3, 8, 8), dy, null, dWeight);
    assertClose(
        ReferenceKernels.convolveBackwardFilter(x, dWeight, dy), dWeight, filterGradients());
    assertTrue(dWeight.getDouble(1, 1, 0, 0) > 200_000);
  }

  @Test
  void equalInputsGiveEqualBits() {
    INDArray x = activation(4, 28, 28, 16);
    INDArray weight = exact(3, 3, 16, 32);
    INDArray dy = activation(4, 28, 28, 32);
    float[] first = weightGradient(x, weight, dy);
    for (int i = 0; i < 5; i++) {
      assertArrayEquals(first, weightGradient(x, weight, dy));
    }
  }

  private float[] weightGradient(INDArray x, INDArray weight, INDArray dy) {
    INDArray dWeight = Nd4j.create(DataType.FLOAT, weight.shape());
    kernels().convolveBackward(x, weight, dy, x.ulike(), dWeight);
    return dWeight.reshape(dWeight.length()).toFloatVector();
  }

  @Test
  void threadsDoNotDisturbEachOther() throws Exception {
    Callable<double[]> work =
        () -> {
          INDArray x = Nd4j.valueArrayOf(new long[] {2, 8, 8, 16}, 0.5f, DataType.FLOAT);
          INDArray weight = Nd4j.valueArrayOf(new long[] {3, 3, 16, 16}, 0.25f, DataType.FLOAT);
          INDArray y = Nd4j.createUninitialized(type(), 2, 8, 8, 16);
          for (int i = 0; i < 20; i++) {
            kernels().convolve(x.castTo(type()), weight, Nd4j.zeros(DataType.FLOAT, 16), y);
            kernels().relu(y);
          }
          return ReferenceKernels.values(y);
        };
    double[] expected = work.call();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<double[]>> results = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        results.add(threads.submit(work));
      }
      for (Future<double[]> result : results) {
        assertArrayEquals(expected, result.get());
      }
    } finally {
      threads.shutdown();
    }
  }

  private DataType type() {
    return kernels().activationType();
  }

  /** FLOAT values from -1 to 1 that 16 bits hold. */
  private static INDArray exact(long... shape) {
    return Nd4j.rand(DataType.FLOAT, shape)
        .subi(0.5f)
        .muli(2)
        .castTo(DataType.FLOAT16)
        .castTo(DataType.FLOAT);
  }

  private INDArray activation(long... shape) {
    return exact(shape).castTo(type());
  }

  private static boolean isFinite(INDArray array) {
    for (double value : ReferenceKernels.values(array)) {
      if (!Double.isFinite(value)) {
        return false;
      }
    }
    return true;
  }

  private static void assertSame(INDArray expected, INDArray actual) {
    assertArrayEquals(ReferenceKernels.values(expected), ReferenceKernels.values(actual));
  }

  private static void assertClose(double[] expected, INDArray actual, double tolerance) {
    double[] values = ReferenceKernels.values(actual);
    assertEquals(expected.length, values.length);
    double largest = 0;
    for (double value : expected) {
      largest = Math.max(largest, Math.abs(value));
    }
    for (int i = 0; i < values.length; i++) {
      if (!(Math.abs(expected[i] - values[i]) <= tolerance * largest)) {
        assertEquals(expected[i], values[i], tolerance * largest, "value " + i);
      }
    }
  }
}
