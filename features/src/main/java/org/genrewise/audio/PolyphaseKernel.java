package org.genrewise.audio;

/**
 * Polyphase filter for a ratio of small numbers. Output p + P x m is made with the weights of phase
 * p from the input around S x m, for every m: so all m are computed side by side, over rows that
 * hold every S-th input sample, in a loop that the compiler turns into vector instructions.
 */
final class PolyphaseKernel implements ResamplingKernel {
  /** In floats: 2 MiB. */
  static final int LARGEST_TABLE = 1 << 19;

  /** How many floats the rows may hold together, so that they stay in the cache. */
  private static final int ROWS_SIZE = 1 << 18;

  private static final int LONGEST_ROW = 128;
  private static final int SHORTEST_ROW = 32;

  private final int taps;
  private final int up;
  private final int down;
  private final float[][] weights;

  /** P: outputs in a column. */
  private final int phases;

  /** S: inputs from column to column. */
  private final int stride;

  private final int columns;
  private final float[][] rows;
  private final float[] sums;

  PolyphaseKernel(KaiserLowPass filter, int up, int down) {
    this.taps = filter.taps();
    this.up = up;
    this.down = down;
    this.weights = new float[up][];
    for (int phase = 0; phase < up; phase++) {
      weights[phase] = filter.weights((double) phase / up);
    }
    // Neighbouring columns share taps rows; a stride about as long keeps the copying small.
    int repeats = Math.max(1, (taps + down / 2) / down);
    this.phases = up * repeats;
    this.stride = down * repeats;
    int perRow = ROWS_SIZE / (stride + taps) / 8 * 8;
    this.columns = Math.max(SHORTEST_ROW, Math.min(LONGEST_ROW, perRow));
    this.rows = new float[stride + taps][columns];
    this.sums = new float[columns];
  }

  @Override
  public int taps() {
    return taps;
  }

  @Override
  public int blockInputs() {
    return stride * columns;
  }

  @Override
  public int blockOutputs() {
    return phases * columns;
  }

  @Override
  public void compute(float[] input, float[] output, int outputs) {
    int wide = (outputs + phases - 1) / phases;
    gather(input, wide);
    for (int phase = 0; phase < phases; phase++) {
      long position = (long) phase * down;
      int first = (int) (position / up);
      float[] weight = weights[(int) (position % up)];
      java.util.Arrays.fill(sums, 0, wide, 0);
      for (int tap = 0; tap < taps; tap += 4) {
        addFour(weight, tap, first + tap, wide);
      }
      for (int column = 0, k = phase; column < wide && k < outputs; column++, k += phases) {
        output[k] = sums[column];
      }
    }
  }

  private void gather(float[] input, int wide) {
    for (int row = 0; row < rows.length; row++) {
      float[] values = rows[row];
      for (int column = 0, i = row; column < wide; column++, i += stride) {
        values[column] = input[i];
      }
    }
  }

  private void addFour(float[] weight, int tap, int row, int wide) {
    addFour(
        sums,
        rows[row],
        rows[row + 1],
        rows[row + 2],
        rows[row + 3],
        weight[tap],
        weight[tap + 1],
        weight[tap + 2],
        weight[tap + 3],
        wide);
  }

  /** Equal indices everywhere: that is what lets HotSpot vectorise it. */
  private static void addFour(
      float[] sums,
      float[] a,
      float[] b,
      float[] c,
      float[] d,
      float weightA,
      float weightB,
      float weightC,
      float weightD,
      int length) {
    for (int i = 0; i < length; i++) {
      sums[i] += (weightA * a[i] + weightB * b[i]) + (weightC * c[i] + weightD * d[i]);
    }
  }
}
