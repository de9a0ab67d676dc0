package org.genrewise.audio;

/**
 * Filter for a ratio of large numbers, 22050 to 44099 for example: its weights lie between those of
 * a table of phases. That linear interpolation costs a noise of about -116 dB at most.
 */
final class InterpolatedKernel implements ResamplingKernel {
  /** So many phases for each period of the lower of the two rates. */
  private static final int PHASES_PER_PERIOD = 1024;

  private static final int MOST_PHASES = 512;
  private static final int FEWEST_PHASES = 8;

  private final int taps;
  private final int up;
  private final int down;
  private final int phases;
  private final float[][] weights;

  InterpolatedKernel(KaiserLowPass filter, int up, int down) {
    this.taps = filter.taps();
    this.up = up;
    this.down = down;
    long wanted = (long) PHASES_PER_PERIOD * up / down;
    this.phases = (int) Math.max(FEWEST_PHASES, Math.min(MOST_PHASES, wanted));
    this.weights = new float[phases + 1][];
    for (int phase = 0; phase <= phases; phase++) {
      weights[phase] = filter.weights((double) phase / phases);
    }
  }

  @Override
  public int taps() {
    return taps;
  }

  @Override
  public int blockInputs() {
    return down;
  }

  @Override
  public int blockOutputs() {
    return up;
  }

  @Override
  public void compute(float[] input, float[] output, int outputs) {
    for (int k = 0; k < outputs; k++) {
      long position = (long) k * down;
      int first = (int) (position / up);
      double phase = (double) (position % up) / up * phases;
      int lower = (int) phase;
      float share = (float) (phase - lower);
      float before = dot(input, first, weights[lower]);
      float after = dot(input, first, weights[lower + 1]);
      output[k] = before + share * (after - before);
    }
  }

  private float dot(float[] input, int first, float[] weight) {
    float a = 0;
    float b = 0;
    float c = 0;
    float d = 0;
    for (int tap = 0; tap < taps; tap += 4) {
      a += input[first + tap] * weight[tap];
      b += input[first + tap + 1] * weight[tap + 1];
      c += input[first + tap + 2] * weight[tap + 2];
      d += input[first + tap + 3] * weight[tap + 3];
    }
    return (a + b) + (c + d);
  }
}
