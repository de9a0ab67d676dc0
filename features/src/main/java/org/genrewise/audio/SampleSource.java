package org.genrewise.audio;

import java.util.List;

/** Audio at its own rate and with all its channels, as a decoder gives it. */
interface SampleSource extends AutoCloseable {

  /** Frames a second, in hertz. */
  int sampleRate();

  /** Samples a frame, at least 1. */
  int channels();

  /**
   * Reads whole frames.
   *
   * @param interleaved frames x channels; its length is a multiple of the channels
   * @return how many frames were read, at least 1, or -1 at the end
   */
  int read(float[] interleaved) throws AudioException;

  /**
   * Called once, after the end: compares what was read with what was promised.
   *
   * @param frames how many frames there were
   * @return what is worth telling
   * @throws AudioException if too much is missing, or the decoder failed
   */
  List<String> verify(long frames) throws AudioException;

  @Override
  void close();
}
