package org.genrewise.audio;

import java.io.IOException;
import java.util.OptionalDouble;

/** Uncompressed WAV. Pieces are found by skipping bytes; only going back opens the file again. */
final class WavInput implements SampleInput {
  private final String name;
  private final Opening opening;
  private WavSource source;
  private boolean given;

  /**
   * @param source at its first sample
   * @param opening to go back to there
   */
  WavInput(String name, WavSource source, Opening opening) {
    this.name = name;
    this.source = source;
    this.opening = opening;
  }

  @Override
  public OptionalDouble claimedSeconds() {
    return source.claimedSeconds();
  }

  @Override
  public SampleSource whole() throws AudioException {
    goBackBehind(0);
    given = true;
    return source;
  }

  @Override
  public SampleSource piece(long startSecond, long seconds) throws AudioException {
    long frame = startSecond * source.sampleRate();
    goBackBehind(frame);
    source.skipTo(frame);
    return new WavPiece(source, seconds * source.sampleRate());
  }

  @Override
  public void close() {
    source.close();
  }

  private void goBackBehind(long frame) throws AudioException {
    if (source.position() <= frame && !given) {
      return;
    }
    source.close();
    try {
      source = opening.open();
      given = false;
    } catch (IOException e) {
      throw new AudioException(
          AudioException.Kind.IO, "%s: reading failed: %s".formatted(name, e.getMessage()), e);
    }
  }

  /** Opens the same file again. */
  @FunctionalInterface
  interface Opening {
    WavSource open() throws IOException;
  }
}
