package org.genrewise.audio;

import java.util.List;

/** The next frames of a WAV source, which stays open for those behind them. */
final class WavPiece implements SampleSource {
  private final WavSource source;
  private long framesLeft;

  WavPiece(WavSource source, long frames) {
    this.source = source;
    this.framesLeft = frames;
  }

  @Override
  public int sampleRate() {
    return source.sampleRate();
  }

  @Override
  public int channels() {
    return source.channels();
  }

  @Override
  public int read(float[] interleaved) throws AudioException {
    int read = framesLeft > 0 ? source.read(interleaved, framesLeft) : -1;
    framesLeft -= Math.max(0, read);
    return read;
  }

  @Override
  public List<String> verify(long frames) {
    return List.of();
  }

  @Override
  public void close() {}
}
