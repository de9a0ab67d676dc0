package org.genrewise.audio;

import java.util.List;

/**
 * Decoded audio, read piece by piece: mono float samples at the rate that was asked for. One
 * reader, one thread. Closing it early stops the decoder.
 */
public interface AudioStream extends AutoCloseable {

  /**
   * Reads samples, nominally in -1..1.
   *
   * @return how many were written to {@code buffer} from {@code offset} on, at least 1; or -1 at
   *     the end, once the audio has proved whole
   * @throws AudioException if the audio is corrupt, empty, not finite, or a limit is passed
   */
  int read(float[] buffer, int offset, int length) throws AudioException;

  /** Samples per second of what {@link #read} gives, in hertz. */
  int sampleRate();

  /** What is worth telling about audio that could be read all the same; complete at the end. */
  List<String> warnings();

  @Override
  void close();
}
