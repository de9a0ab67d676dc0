package org.genrewise.audio;

import java.util.OptionalDouble;
import java.util.OptionalLong;

/** Pieces of an input, mixed and resampled; the input is opened when it is first needed. */
final class DecodedPieces implements AudioPieces {
  /**
   * Seconds decoded around a piece at the least: more than any resampling filter, and than what a
   * lossy decoder needs of earlier packets.
   */
  private static final double RUN_UP = 0.25;

  private final String name;
  private final DecoderSettings settings;
  private final Opening opening;
  private SampleInput input;

  DecodedPieces(String name, DecoderSettings settings, Opening opening) {
    this.name = name;
    this.settings = settings;
    this.opening = opening;
  }

  @Override
  public int sampleRate() {
    return settings.sampleRate();
  }

  @Override
  public OptionalLong claimedSamples() throws AudioException {
    OptionalDouble seconds = input().claimedSeconds();
    if (seconds.isEmpty()
        || seconds.getAsDouble() < settings.minimumSeconds()
        || seconds.getAsDouble() > settings.maximumSeconds()) {
      return OptionalLong.empty();
    }
    // The resampler rounds up; the little taken off is what a product of doubles may be too large.
    return OptionalLong.of((long) Math.ceil(seconds.getAsDouble() * settings.sampleRate() - 1e-4));
  }

  @Override
  public AudioStream piece(long first, long count) throws AudioException {
    double rate = settings.sampleRate();
    long startSecond = Math.max(0, (long) Math.floor(first / rate - RUN_UP));
    long endSecond = (long) Math.ceil((first + count) / rate + RUN_UP);
    SampleSource source = input().piece(startSecond, endSecond - startSecond);
    return new PieceStream(
        MonoStream.piece(name, source, settings),
        first - startSecond * settings.sampleRate(),
        count);
  }

  @Override
  public AudioStream whole() throws AudioException {
    return MonoStream.whole(name, input().whole(), settings);
  }

  /** The whole, for a reader who wants nothing else: closing it closes the pieces too. */
  AudioStream only() throws AudioException {
    try {
      return MonoStream.only(name, input().whole(), settings, this);
    } catch (AudioException | RuntimeException e) {
      close();
      throw e;
    }
  }

  @Override
  public void close() {
    if (input != null) {
      input.close();
    }
  }

  private SampleInput input() throws AudioException {
    if (input == null) {
      input = opening.open();
    }
    return input;
  }

  /** Opens the input. */
  @FunctionalInterface
  interface Opening {
    SampleInput open() throws AudioException;
  }
}
