package org.genrewise.cqt;

import java.util.Arrays;
import java.util.List;

/**
 * The filters of one octave, applied to rows. Samples that mirror each other meet equal cosines and
 * opposite sines, so a filter costs one multiplication a sample and not two.
 *
 * <p>An octave below the first would see the audio resampled to half the rate. To make every sample
 * of that costs far more than the filters do, so they look at the level above instead, through the
 * resampler: each filter is convolved with it beforehand. Only the one or two samples at the
 * beginning of a frame, which mirror each other and not the end, are really resampled, and as many
 * just beyond the end, see {@link ResampledFilter}. Those are the beginning of a later frame.
 */
final class FilterBank {
  private static final int INPUTS = Rows.INPUTS;

  /** Pairs that are folded before the filters look at them; their rows stay in the cache. */
  private static final int CHUNK = 6 * INPUTS;

  /**
   * Samples beyond a frame after which its response through the resampler is below 3e-6 of the
   * largest, by how many samples beyond the end are really resampled.
   */
  private static final int[] TAILS = {72, 48, 8};

  private final int[] bins;
  private final List<Kernel> kernels;
  private final boolean resampled;

  /** Samples that are added and subtracted, relative to the centre of the frame. */
  private final int[] left;

  private final int[] right;

  /** Frames until the end of a resampled frame is the beginning of another; 0 if it never is. */
  private final int span;

  /** Makes the first samples of a resampled frame; null if the frame is not resampled. */
  private final Fir edge;

  /** For each two filters and each four pairs a 2 x 4 matrix. */
  private final float[] cosines;

  private final float[] sines;

  private FilterBank(
      int[] bins, List<Kernel> kernels, boolean resampled, int span, int[] left, int[] right) {
    this.bins = bins;
    this.kernels = kernels;
    this.resampled = resampled;
    this.span = span;
    this.left = left;
    this.right = right;
    int parity = kernels.get(0).parity();
    this.edge = resampled ? new Fir(ResampledFilter.EDGE.taps(0, 1), 2 * parity) : null;
    int groups = left.length / INPUTS + (resampled ? 1 : 0);
    this.cosines = new float[(kernels.size() + 1) / 2 * groups * 2 * INPUTS];
    this.sines = new float[cosines.length];
    for (int k = 0; k < kernels.size(); k++) {
      int row = (k / 2 * groups * 2 + k % 2) * INPUTS;
      fill(cosines, row, groups, kernels.get(k).cosine(), 1);
      fill(sines, row, groups, kernels.get(k).sine(), -1);
    }
  }

  /** Writes one filter into the matrices. */
  private void fill(float[] matrices, int row, int groups, double[] filter, int sign) {
    int parity = kernels.get(0).parity();
    int beyond = beyond(span, parity);
    ResampledFilter resampledFilter =
        resampled ? new ResampledFilter(filter, parity, sign, beyond, TAILS[beyond]) : null;
    for (int p = 0; p < left.length; p++) {
      boolean repeated = p > 0 && left[p] == left[0] && right[p] == right[0];
      // A sample that mirrors itself is added to itself.
      double weight = repeated ? 0 : left[p] == right[p] ? 0.5 : 1;
      double value = resampled ? resampledFilter.at(left[p]) : filter[left[p] + frame() / 2];
      matrices[row + p / INPUTS * 2 * INPUTS + p % INPUTS] = (float) (weight * value);
    }
    if (resampled) {
      int index = row + (groups - 1) * 2 * INPUTS;
      matrices[index] = (float) (filter[0] * (parity == 0 ? 0.5 : 1));
      matrices[index + 1] = (float) resampledFilter.correction(0);
      matrices[index + 2] = (float) resampledFilter.correction(1);
    }
  }

  /** How many samples beyond the end of a frame are really resampled. */
  private static int beyond(int span, int parity) {
    return span > 0 ? parity + 1 : 0;
  }

  /**
   * A bank on rows of the kernels' own rate.
   *
   * @param bins which bin of the transform each kernel makes
   * @param kernels of equal frame and parity
   */
  static FilterBank direct(List<Integer> bins, List<Kernel> kernels) {
    int frame = kernels.get(0).cosine().length;
    int parity = kernels.get(0).parity();
    int[] left = new int[frame];
    int[] right = new int[frame];
    int pairs = 0;
    for (int n = 0; n < frame; n++) {
      int mirror = Math.floorMod(parity - n, frame);
      if (n <= mirror) {
        left[pairs] = n - frame / 2;
        right[pairs++] = mirror - frame / 2;
      }
    }
    return of(bins, kernels, false, 0, Arrays.copyOf(left, pairs), Arrays.copyOf(right, pairs));
  }

  /**
   * A bank on rows of twice the kernels' rate.
   *
   * @param hop samples between frames, at the kernels' rate
   */
  static FilterBank resampled(List<Integer> bins, List<Kernel> kernels, int hop) {
    int frame = kernels.get(0).cosine().length;
    int parity = kernels.get(0).parity();
    int span = frame % hop == 0 ? frame / hop : 0;
    int pairs = frame + TAILS[beyond(span, parity)];
    int[] left = new int[pairs];
    int[] right = new int[pairs];
    for (int p = 0; p < pairs; p++) {
      left[p] = parity - p;
      right[p] = parity + p;
    }
    return of(bins, kernels, true, span, left, right);
  }

  private static FilterBank of(
      List<Integer> bins,
      List<Kernel> kernels,
      boolean resampled,
      int span,
      int[] left,
      int[] right) {
    int padded = (left.length + INPUTS - 1) / INPUTS * INPUTS;
    int[] paddedLeft = Arrays.copyOf(left, padded);
    int[] paddedRight = Arrays.copyOf(right, padded);
    Arrays.fill(paddedLeft, left.length, padded, left[0]);
    Arrays.fill(paddedRight, right.length, padded, right[0]);
    int[] indices = bins.stream().mapToInt(Integer::intValue).toArray();
    return new FilterBank(indices, List.copyOf(kernels), resampled, span, paddedLeft, paddedRight);
  }

  /** Samples in a frame, at the kernels' rate. */
  int frame() {
    return kernels.get(0).cosine().length;
  }

  /** Whether the rows have twice the rate of the kernels. */
  boolean resampled() {
    return resampled;
  }

  /** The furthest sample before the centre of a frame that matters, at the rows' rate. */
  int lookBack() {
    int furthest = -Arrays.stream(left).min().orElseThrow();
    return resampled && span == 0 ? Math.max(furthest, -firstEdgeInput()) : furthest;
  }

  /** The furthest sample after the centre of a frame that matters, at the rows' rate. */
  int lookAhead() {
    int furthest = Arrays.stream(right).max().orElseThrow();
    return resampled ? Math.max(furthest, firstEdgeInput() + edge.inputs() - 1) : furthest;
  }

  /** The first sample that the edges of a resampled frame depend on. */
  private int firstEdgeInput() {
    return (span > 0 ? frame() : -frame()) - ResampledFilter.EDGE.reach();
  }

  /** What a run has to keep between calls of {@link #apply}: two delays. */
  Delay[] delays(int length) {
    return new Delay[] {new Delay(span, length), new Delay(span, length)};
  }

  /** Number of filters. */
  int size() {
    return bins.length;
  }

  /** Which bin of the transform a filter makes. */
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

    /** A row to write on. */
    float[] unused() {
      return sums[0];
    }

    /** After {@link FilterBank#takeMagnitudes}, what a filter made. */
    float[] magnitudes(int filter) {
      return real[filter];
    }
  }

  /**
   * Applies the filters.
   *
   * @param in input rows
   * @param centre index of the row that the frame's centre is in
   * @param delays this bank's and the run's
   * @param length values in a row
   */
  void apply(float[][] in, int centre, Scratch scratch, Delay[] delays, int length) {
    for (int k = 0; k < bins.length + 1; k++) {
      Arrays.fill(scratch.real[k], 0, length, 0);
      Arrays.fill(scratch.imaginary[k], 0, length, 0);
    }
    for (int begin = 0; begin < left.length; begin += CHUNK) {
      int count = Math.min(CHUNK, left.length - begin);
      for (int p = 0; p < count; p += 2) {
        Rows.foldTwo(
            scratch.sums[p],
            scratch.differences[p],
            in[centre + left[begin + p]],
            in[centre + right[begin + p]],
            scratch.sums[p + 1],
            scratch.differences[p + 1],
            in[centre + left[begin + p + 1]],
            in[centre + right[begin + p + 1]],
            length);
      }
      accumulate(scratch.real, scratch.sums, cosines, begin, count, length);
      accumulate(scratch.imaginary, scratch.differences, sines, begin, count, length);
    }
    if (resampled) {
      makeEdges(in, centre, scratch, delays, length);
      accumulate(scratch.real, scratch.sums, cosines, left.length, INPUTS, length);
      accumulate(scratch.imaginary, scratch.differences, sines, left.length, INPUTS, length);
    }
  }

  /** Makes the pairs that are really resampled. */
  private void makeEdges(float[][] in, int centre, Scratch scratch, Delay[] delays, int length) {
    float[] beyond0 = scratch.sums[INPUTS];
    float[] beyond1 = scratch.sums[INPUTS + 1];
    float[] first0 = scratch.sums[INPUTS + 2];
    float[] first1 = scratch.sums[INPUTS + 3];
    Arrays.fill(beyond0, 0, length, 0);
    Arrays.fill(beyond1, 0, length, 0);
    edge.accumulate(in, centre + firstEdgeInput(), 1, beyond0, beyond1, length);
    System.arraycopy(beyond0, 0, first0, 0, length);
    System.arraycopy(beyond1, 0, first1, 0, length);
    delays[0].apply(first0, length);
    delays[1].apply(first1, length);
    Rows.fold(scratch.sums[0], scratch.differences[0], first0, first1, length);
    Rows.fold(scratch.sums[1], scratch.differences[1], first1, beyond0, length);
    Rows.fold(scratch.sums[2], scratch.differences[2], first0, beyond1, length);
  }

  private void accumulate(
      float[][] out, float[][] in, float[] matrices, int begin, int count, int length) {
    int pairs = left.length + (resampled ? INPUTS : 0);
    for (int k = 0; k < bins.length; k += 2) {
      int matrix = k * pairs + 2 * begin;
      for (int p = 0; p < count; p += INPUTS) {
        Rows.accumulate(
            out[k],
            out[k + 1],
            in[p],
            in[p + 1],
            in[p + 2],
            in[p + 3],
            matrices,
            matrix + 2 * p,
            length);
      }
    }
  }

  /**
   * After {@link #apply}, takes away what one frame owes to samples at the kernels' rate.
   *
   * @param position of the frame in the rows
   * @param samples the samples
   * @param begin where in the frame the first of them lies; may be outside
   */
  void takeAway(Scratch scratch, int position, float[] samples, long begin) {
    int from = (int) Math.max(0, -begin);
    int to = (int) Math.min(samples.length, frame() - begin);
    for (int k = 0; k < bins.length; k++) {
      double[] cosine = kernels.get(k).cosine();
      double[] sine = kernels.get(k).sine();
      double real = 0;
      double imaginary = 0;
      for (int j = from; j < to; j++) {
        real += cosine[(int) begin + j] * samples[j];
        imaginary += sine[(int) begin + j] * samples[j];
      }
      scratch.real[k][position] -= (float) real;
      scratch.imaginary[k][position] -= (float) imaginary;
    }
  }

  /** After {@link #apply}, makes the magnitudes. */
  void takeMagnitudes(Scratch scratch, int length) {
    for (int k = 0; k < bins.length; k++) {
      Rows.magnitude(scratch.real[k], scratch.imaginary[k], length);
    }
  }
}
