package org.genrewise.audio;

import java.util.OptionalDouble;

/** Encoded audio that can be decoded again and again. One source at a time. */
interface SampleInput extends AutoCloseable {

  /** Its length in seconds, where the header promises one. */
  OptionalDouble claimedSeconds() throws AudioException;

  /** All of it. */
  SampleSource whole() throws AudioException;

  /**
   * A part of it, or what there is of that. In whole seconds: there, samples of any two rates
   * coincide, so that a resampled piece has the phase of the resampled whole.
   */
  SampleSource piece(long startSecond, long seconds) throws AudioException;

  @Override
  void close();
}
