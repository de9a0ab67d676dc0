package org.genrewise.audio;

import java.util.OptionalLong;

/**
 * Audio that can be read from any place on, without decoding what comes before where its format
 * allows that. Nothing is opened before the first call. One stream at a time, on one thread: close
 * one before asking for the next. The time limit of {@link DecoderSettings#timeout()} holds for all
 * streams together.
 */
public interface AudioPieces extends AutoCloseable {

  /** Samples per second of what the streams give, in hertz. */
  int sampleRate();

  /**
   * How many samples {@link #whole} would give if the header told the truth, to about 5 ms; exact
   * for WAV. Empty where the header does not tell, where several streams leave open which of them
   * it means, where the container cannot be sought exactly, and where the settings do not accept
   * that length: then read the whole.
   *
   * @throws AudioException if it cannot be opened as audio
   */
  OptionalLong claimedSamples() throws AudioException;

  /**
   * Reads a piece: the samples that {@link #whole} gives from {@code first} on. In lossless formats
   * they are the same, in lossy ones they lie in the same place (Vorbis: within 10 ms, where its
   * block size changes); both only where {@link #claimedSamples} tells a length. The stream ends
   * early where the audio does, also at once, and only refuses samples that are not finite, and
   * what breaks the decoder.
   *
   * @param first from 0
   * @param count at least 1
   * @throws AudioException if it cannot be opened as audio
   */
  AudioStream piece(long first, long count) throws AudioException;

  /**
   * Reads all, with every check that {@link AudioDecoder#open} makes.
   *
   * @throws AudioException if it cannot be opened as audio
   */
  AudioStream whole() throws AudioException;

  @Override
  void close();
}
