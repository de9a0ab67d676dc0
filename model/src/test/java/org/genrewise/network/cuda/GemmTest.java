package org.genrewise.network.cuda;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.genrewise.network.Kernels;
import org.genrewise.network.Precision;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The numbers that cuBLAS gets, by BLAS's definition in Java, against the CPU's dense layer. */
class GemmTest {
  private static final int ROWS = 3;
  private static final int IN = 5;
  private static final int OUT = 4;

  private final Kernels cpu = Kernels.of(Precision.FLOAT32);
  private final INDArray x = Nd4j.rand(DataType.FLOAT, ROWS, IN);
  private final INDArray dy = Nd4j.rand(DataType.FLOAT, ROWS, OUT);
  private final INDArray columns = Nd4j.rand(DataType.FLOAT, OUT, IN);
  private final INDArray weight = columns.transpose();

  @Test
  void forward() {
    INDArray y = Nd4j.create(DataType.FLOAT, ROWS, OUT);
    cpu.dense(x, weight, Nd4j.zeros(DataType.FLOAT, OUT), y);
    float[] result = new float[ROWS * OUT];
    multiply(Gemm.forward(ROWS, IN, OUT), memory(columns), memory(x), result);
    assertArrayEquals(memory(y), result, 1e-5f);
  }

  @Test
  void backward() {
    INDArray dx = Nd4j.create(DataType.FLOAT, ROWS, IN);
    INDArray dWeight = Nd4j.create(DataType.FLOAT, new long[] {IN, OUT}, 'f');
    INDArray dBias = Nd4j.create(DataType.FLOAT, OUT);
    cpu.denseBackward(x, weight, dy, dx, dWeight, dBias);

    float[] weights = new float[IN * OUT];
    multiply(Gemm.weightGradient(ROWS, IN, OUT), memory(x), memory(dy), weights);
    assertArrayEquals(memory(dWeight.transpose()), weights, 1e-5f);
    float[] inputs = new float[ROWS * IN];
    multiply(Gemm.inputGradient(ROWS, IN, OUT), memory(columns), memory(dy), inputs);
    assertArrayEquals(memory(dx), inputs, 1e-5f);
    float[] sums = new float[OUT];
    multiply(Gemm.columnSums(ROWS, OUT), memory(dy), new float[] {1, 1, 1}, sums);
    assertArrayEquals(memory(dBias), sums, 1e-5f);
  }

  @Test
  void aWeightTransposedIsAFilterAndBack() {
    INDArray convolution = Nd4j.rand(DataType.FLOAT, 3, 3, IN, OUT);
    float[] filter = new float[9 * IN * OUT];
    transpose(Transposition.of(9 * IN, OUT), memory(convolution), filter);
    assertArrayEquals(memory(convolution.permute(MapLayout.TO_FILTER)), filter);
    float[] back = new float[filter.length];
    transpose(Transposition.of(OUT, 9 * IN), filter, back);
    assertArrayEquals(memory(convolution), back);
  }

  private static void transpose(Transposition size, float[] a, float[] c) {
    for (int i = 0; i < size.m(); i++) {
      for (int j = 0; j < size.n(); j++) {
        c[i + j * size.ldc()] = a[j + i * size.lda()];
      }
    }
  }

  /** Values as they lie, for an array that lies in order 'c'. */
  private static float[] memory(INDArray array) {
    return array.dup('c').reshape(array.length()).toFloatVector();
  }

  private static void multiply(Gemm gemm, float[] a, float[] b, float[] c) {
    for (int i = 0; i < gemm.m(); i++) {
      for (int j = 0; j < gemm.n(); j++) {
        float sum = 0;
        for (int k = 0; k < gemm.k(); k++) {
          int left = gemm.transposeA() ? k + i * gemm.lda() : i + k * gemm.lda();
          int right = gemm.transposeB() ? j + k * gemm.ldb() : k + j * gemm.ldb();
          sum += a[left] * b[right];
        }
        c[i + j * gemm.ldc()] = sum;
      }
    }
  }
}
