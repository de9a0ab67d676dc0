package org.genrewise.audio;

/** Turns a block of input samples into a block of output samples, both of fixed lengths. */
interface ResamplingKernel {

  /** The fastest exact kernel whose table stays small. */
  static ResamplingKernel between(int inputRate, int outputRate) {
    int divisor = greatestCommonDivisor(inputRate, outputRate);
    int up = outputRate / divisor;
    int down = inputRate / divisor;
    if (up == down) {
      return new IdentityKernel();
    }
    KaiserLowPass filter = new KaiserLowPass(inputRate, outputRate);
    return (long) up * filter.taps() <= PolyphaseKernel.LARGEST_TABLE
        ? new PolyphaseKernel(filter, up, down)
        : new InterpolatedKernel(filter, up, down);
  }

  /** How many input samples an output sample is made of. */
  int taps();

  /** By how many input samples a block advances. */
  int blockInputs();

  /** How many output samples that gives. */
  int blockOutputs();

  /**
   * Computes the first samples of a block.
   *
   * @param input blockInputs + taps samples; the first output lies at index taps / 2 - 1
   * @param output takes {@code outputs} samples
   */
  void compute(float[] input, float[] output, int outputs);

  private static int greatestCommonDivisor(int a, int b) {
    return b == 0 ? a : greatestCommonDivisor(b, a % b);
  }

  /** Equal rates. */
  final class IdentityKernel implements ResamplingKernel {
    private static final int BLOCK = 1 << 14;

    @Override
    public int taps() {
      return 0;
    }

    @Override
    public int blockInputs() {
      return BLOCK;
    }

    @Override
    public int blockOutputs() {
      return BLOCK;
    }

    @Override
    public void compute(float[] input, float[] output, int outputs) {
      System.arraycopy(input, 0, output, 0, outputs);
    }
  }
}
