package org.genrewise.network.cuda;

import org.bytedeco.cuda.global.cublas;
import org.bytedeco.cuda.global.cudart;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Dense layers by cuBLAS: products of 16-bit values, or of 32-bit ones where either factor is, and
 * sums in 32 bits. Weights are rounded to the layers' type in every case.
 *
 * <p>All scratch memory comes from ND4J's current workspace. The rounded weight is the largest
 * part: 206 MB for the first layer of the full network.
 */
record Products(DataType type) {

  void forward(Handles handles, INDArray x, INDArray weight, INDArray bias, INDArray y) {
    Gemm gemm = Gemm.forward(size(x, 0), size(x, 1), size(y, 1));
    INDArray sums =
        y.dataType() == DataType.FLOAT ? y : Nd4j.createUninitialized(DataType.FLOAT, y.shape());
    multiply(handles, gemm, rounded(weight), as(type, x), sums);
    Rows.addBias(handles, bias, sums);
    if (sums != y) {
      y.assign(sums);
    }
  }

  void backward(
      Handles handles,
      INDArray x,
      INDArray weight,
      INDArray dy,
      INDArray dx,
      INDArray dWeight,
      INDArray dBias) {
    int rows = size(x, 0);
    int in = size(x, 1);
    int out = size(dy, 1);
    // The gradient of the logits is of 32 bits, and then so are both products with it.
    DataType wide = dy.dataType();
    INDArray gradient = as(wide, dy);
    INDArray input = as(wide, as(type, x));
    multiply(handles, Gemm.weightGradient(rows, in, out), input, gradient, dWeight);
    INDArray ones = Nd4j.createUninitialized(wide, (long) rows).assign(1);
    multiply(handles, Gemm.columnSums(rows, out), gradient, ones, dBias);
    if (dx != null) {
      multiply(handles, Gemm.inputGradient(rows, in, out), as(wide, rounded(weight)), gradient, dx);
    }
  }

  /** [out, in] in order 'c', which is [in, out] in order 'f', of the layers' type. */
  private INDArray rounded(INDArray weight) {
    INDArray columns = weight.transpose();
    if (weight.dataType() == type && MapLayout.isDense(columns.shape(), columns.stride())) {
      return columns;
    }
    return Nd4j.createUninitialized(type, columns.shape()).assign(columns);
  }

  private static INDArray as(DataType type, INDArray array) {
    return array.dataType() == type
        ? array
        : Nd4j.createUninitialized(type, array.shape()).assign(array);
  }

  private static void multiply(Handles handles, Gemm gemm, INDArray a, INDArray b, INDArray c) {
    INDArray result = target(a.dataType(), c);
    Status.cublas(
        "cublasGemmEx of " + gemm,
        cublas.cublasGemmEx(
            handles.blas(),
            operation(gemm.transposeA()),
            operation(gemm.transposeB()),
            gemm.m(),
            gemm.n(),
            gemm.k(),
            Descriptors.ONE,
            DeviceMemory.of(a),
            type(a.dataType()),
            gemm.lda(),
            DeviceMemory.of(b),
            type(b.dataType()),
            gemm.ldb(),
            Descriptors.ZERO,
            DeviceMemory.ofAnyOrder(result),
            type(result.dataType()),
            gemm.ldc(),
            cublas.CUBLAS_COMPUTE_32F,
            cublas.CUBLAS_GEMM_DEFAULT));
    DeviceMemory.written(result);
    if (result != c) {
      c.assign(result);
    }
  }

  /** to = factor times the transpose of from; both FLOAT and in order 'c'. */
  static void transpose(
      Handles handles, Transposition size, float factor, INDArray from, INDArray to) {
    FloatPointer target = new FloatPointer(DeviceMemory.of(to));
    Status.cublas(
        "cublasSgeam of " + size,
        cublas.cublasSgeam(
            handles.blas(),
            cublas.CUBLAS_OP_T,
            cublas.CUBLAS_OP_N,
            size.m(),
            size.n(),
            new FloatPointer(factor),
            new FloatPointer(DeviceMemory.of(from)),
            size.lda(),
            Descriptors.ZERO,
            target,
            size.ldc(),
            target,
            size.ldc()));
    DeviceMemory.written(to);
  }

  /** cuBLAS writes 16 or 32 bits from 16, but only 32 from 32. */
  private static INDArray target(DataType factors, INDArray c) {
    return factors == DataType.FLOAT && c.dataType() == DataType.FLOAT16
        ? Nd4j.createUninitialized(DataType.FLOAT, c.shape(), c.ordering())
        : c;
  }

  private static int operation(boolean transpose) {
    return transpose ? cublas.CUBLAS_OP_T : cublas.CUBLAS_OP_N;
  }

  private static int type(DataType type) {
    return type == DataType.FLOAT16 ? cudart.CUDA_R_16F : cudart.CUDA_R_32F;
  }

  private static int size(INDArray array, int dimension) {
    return Math.toIntExact(array.size(dimension));
  }
}
