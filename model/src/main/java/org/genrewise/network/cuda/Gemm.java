package org.genrewise.network.cuda;

/**
 * The numbers of a matrix product as BLAS wants them: C (m x n) = A (m x k) B (k x n), each of them
 * in order 'f'. Activations are [rows, columns] in order 'c', which is [columns, rows] in order
 * 'f'; dense weights are [in, out] in order 'f'.
 *
 * @param transposeA whether A lies transposed
 * @param transposeB whether B lies transposed
 * @param lda values between neighbouring columns of A as it lies
 * @param ldb of B
 * @param ldc of C
 */
record Gemm(
    boolean transposeA, boolean transposeB, int m, int n, int k, int lda, int ldb, int ldc) {

  /** y [rows, out] = x [rows, in] weight: A is the weight, B is x. */
  static Gemm forward(int rows, int in, int out) {
    return new Gemm(true, false, out, rows, in, in, in, out);
  }

  /** The weight's gradient [in, out]: A is x, B is dy. */
  static Gemm weightGradient(int rows, int in, int out) {
    return new Gemm(false, true, in, out, rows, in, out, in);
  }

  /** dx [rows, in]: A is the weight, B is dy. */
  static Gemm inputGradient(int rows, int in, int out) {
    return new Gemm(false, false, in, rows, out, in, out, in);
  }

  /** The sum of each column of an array [rows, columns], which is A; B is as many ones as rows. */
  static Gemm columnSums(int rows, int columns) {
    return new Gemm(false, false, columns, 1, rows, columns, rows, columns);
  }
}
