package org.genrewise.audio;

import java.util.Arrays;

/**
 * Changes the sample rate of a signal that comes in pieces. Zero phase: output sample k lies at the
 * time of input sample k x inputRate / outputRate; the signal is zero outside. From n samples come
 * ceil(n x outputRate / inputRate), as from librosa. How the signal is cut into pieces changes
 * nothing, and neither does the machine: the order of all additions is fixed.
 */
final class Resampler {
  static final int LOWEST_RATE = 1000;
  static final int HIGHEST_RATE = 768_000;

  private final long inputRate;
  private final long outputRate;
  private final ResamplingKernel kernel;

  /** What the next block of outputs is made of, its first sample behind half a filter. */
  private final float[] input;

  private final int blockEnd;
  private int filled;
  private final float[] output;
  private int outputStart;
  private int outputEnd;
  private long samplesIn;
  private long samplesOut;
  private boolean finished;

  /** Between two rates in hertz, each from {@link #LOWEST_RATE} to {@link #HIGHEST_RATE}. */
  Resampler(int inputRate, int outputRate) {
    this.inputRate = inputRate;
    this.outputRate = outputRate;
    this.kernel = ResamplingKernel.between(inputRate, outputRate);
    this.blockEnd = kernel.blockInputs() + kernel.taps();
    this.input = new float[blockEnd];
    this.filled = Math.max(kernel.taps() / 2 - 1, 0);
    this.output = new float[kernel.blockOutputs()];
  }

  /** Takes samples; all earlier output must have been read. Returns how many it took. */
  int write(float[] samples, int offset, int length) {
    int taken = Math.min(length, blockEnd - filled);
    System.arraycopy(samples, offset, input, filled, taken);
    filled += taken;
    samplesIn += taken;
    if (filled == blockEnd) {
      computeBlock(kernel.blockOutputs());
    }
    return taken;
  }

  /** Says that no more samples come. */
  void finish() {
    finished = true;
  }

  /** Reads what is ready; 0 if more samples are needed, or, once finished, at the end. */
  int read(float[] samples, int offset, int length) {
    if (outputStart == outputEnd && finished) {
      long left = (samplesIn * outputRate + inputRate - 1) / inputRate - samplesOut;
      if (left > 0) {
        Arrays.fill(input, filled, blockEnd, 0);
        computeBlock((int) Math.min(left, kernel.blockOutputs()));
      }
    }
    int count = Math.min(length, outputEnd - outputStart);
    System.arraycopy(output, outputStart, samples, offset, count);
    outputStart += count;
    return count;
  }

  private void computeBlock(int outputs) {
    kernel.compute(input, output, outputs);
    outputStart = 0;
    outputEnd = outputs;
    samplesOut += outputs;
    filled = Math.max(filled - kernel.blockInputs(), 0);
    System.arraycopy(input, kernel.blockInputs(), input, 0, kernel.taps());
  }
}
