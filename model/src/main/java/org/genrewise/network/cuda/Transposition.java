package org.genrewise.network.cuda;

/**
 * The numbers of a transposition as BLAS's geam wants them, C (m x n) = the transpose of A, each in
 * order 'f'. A weight [3, 3, in, out] in order 'c' is a matrix [9 in, out], and the filter [out, 3,
 * 3, in] its transpose.
 *
 * @param lda values between neighbouring columns of A
 * @param ldc of C
 */
record Transposition(int m, int n, int lda, int ldc) {

  /** Of a matrix in order 'c', into order 'c' again. */
  static Transposition of(int rows, int columns) {
    return new Transposition(rows, columns, columns, rows);
  }
}
