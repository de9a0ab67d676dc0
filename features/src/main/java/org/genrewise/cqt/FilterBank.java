package org.genrewise.cqt;

import java.util.Arrays;
import java.util.List;

/**
 * The filters of one octave, applied to rows. Samples that mirror each other meet equal cosines and
 * opposite sines, so a filter costs one multiplication a sample and not two.
 */
final class FilterBank {
  private static final int OUTPUTS = 2;
  private static final int INPUTS = 3;

  /** Pairs that are folded before the filters look at them; their rows stay in the cache. */
  private static final int CHUNK = 8 * INPUTS;

  private final int[] bins;
  private final int frame;

  /** Samples of the frame that are added and subtracted; the padding repeats the first. */
  private final int[] left;

  private final int[] right;

  /** For each two filters and each three pairs a 2 x 3 matrix. */
  private final float[] cosines;

  private final float[] sines;

  /**
   * @param bins which bin of the transform each kernel makes
   * @param kernels of equal frame and parity
   */
  FilterBank(List<Integer> bins, List<Kernel> kernels) {
    this.bins = bins.stream().mapToInt(Integer::intValue).toArray();
    this.frame = kernels.get(0).cosine().length;
    int parity = kernels.get(0).parity();
    int pairs = 0;
    int[] first = new int[frame + INPUTS];
    int[] second = new int[frame + INPUTS];
    for (int n = 0; n < frame; n++) {
      int mirror = Math.floorMod(parity - n, frame);
      if (n <= mirror) {
        first[pairs] = n;
        second[pairs++] = mirror;
      }
    }
    int padded = (pairs + INPUTS - 1) / INPUTS * INPUTS;
    this.left = Arrays.copyOf(first, padded);
    this.right = Arrays.copyOf(second, padded);
    this.cosines = matrices(kernels, true, pairs);
    this.sines = matrices(kernels, false, pairs);
  }

  private float[] matrices(List<Kernel> kernels, boolean even, int pairs) {
    int groups = left.length / INPUTS;
    float[] matrices = new float[(kernels.size() + 1) / OUTPUTS * groups * OUTPUTS * INPUTS];
    for (int k = 0; k < kernels.size(); k++) {
      double[] response = even ? kernels.get(k).cosine() : kernels.get(k).sine();
      for (int p = 0; p < pairs; p++) {
        // A sample that mirrors itself is added to itself.
        double value = response[left[p]] * (left[p] == right[p] ? 0.5 : 1);
        int matrix = (k / OUTPUTS * groups + p / INPUTS) * OUTPUTS * INPUTS;
        matrices[matrix + k % OUTPUTS * INPUTS + p % INPUTS] = (float) value;
      }
    }
    return matrices;
  }

  /** Samples in a frame. */
  int frame() {
    return frame;
  }

  /** Which bin of the transform each filter makes. */
  int bins() {
    return bins.length;
  }

  int bin(int filter) {
    return bins[filter];
  }

  /** Rows for intermediate results, shared by all banks that have at most so many filters. */
  static final class Scratch {
    private final float[][] sums;
    private final float[][] differences;
    private final float[][] real;
    private final float[][] imaginary;

    Scratch(int filters, int length) {
      sums = new float[CHUNK][length];
      differences = new float[CHUNK][length];
      real = new float[filters + 1][length];
      imaginary = new float[filters + 1][length];
    }

    /** After {@link FilterBank#apply}, the magnitudes that a filter made. */
    float[] magnitudes(int filter) {
      return real[filter];
    }
  }

  /**
   * Computes the magnitudes.
   *
   * @param in input rows
   * @param first index of the row that the frame's first sample is in
   * @param length values in a row
   */
  void apply(float[][] in, int first, Scratch scratch, int length) {
    for (int k = 0; k < bins.length + 1; k++) {
      Arrays.fill(scratch.real[k], 0, length, 0);
      Arrays.fill(scratch.imaginary[k], 0, length, 0);
    }
    for (int begin = 0; begin < left.length; begin += CHUNK) {
      int count = Math.min(CHUNK, left.length - begin);
      for (int p = 0; p < count; p++) {
        Rows.fold(
            scratch.sums[p],
            scratch.differences[p],
            in[first + left[begin + p]],
            in[first + right[begin + p]],
            length);
      }
      accumulate(scratch.real, scratch.sums, cosines, begin, count, length);
      accumulate(scratch.imaginary, scratch.differences, sines, begin, count, length);
    }
    for (int k = 0; k < bins.length; k++) {
      Rows.magnitude(scratch.real[k], scratch.imaginary[k], length);
    }
  }

  private void accumulate(
      float[][] out, float[][] in, float[] matrices, int begin, int count, int length) {
    for (int k = 0; k < bins.length; k += OUTPUTS) {
      int matrix = (k / OUTPUTS * left.length + begin) * OUTPUTS;
      for (int p = 0; p < count; p += INPUTS) {
        Rows.accumulate(
            out[k],
            out[k + 1],
            in[p],
            in[p + 1],
            in[p + 2],
            matrices,
            matrix + p * OUTPUTS,
            length);
      }
    }
  }
}
