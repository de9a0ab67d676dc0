package org.genrewise.audio;

import java.util.OptionalDouble;

/** A file that ffmpeg decodes, once or piece by piece, each time in a new child process. */
final class FfmpegInput implements SampleInput {
  private final FfmpegProgram program;
  private final String name;
  private final WorkingDirectory directory;
  private final TimeBudget budget;

  /** The whole, as far as its header: what tells the length, and need not be started twice. */
  private FfmpegSource begun;

  /**
   * @param name what messages call the input
   * @param directory holds the input; closed with this
   */
  FfmpegInput(
      FfmpegProgram program, DecoderSettings settings, String name, WorkingDirectory directory) {
    this.program = program;
    this.name = name;
    this.directory = directory;
    this.budget = new TimeBudget(settings.timeout());
  }

  @Override
  public OptionalDouble claimedSeconds() throws AudioException {
    if (begun == null) {
      begun = whole();
    }
    return begun.claimedSeconds();
  }

  @Override
  public FfmpegSource whole() throws AudioException {
    FfmpegSource source = begun;
    begun = null;
    return source != null ? source : FfmpegSource.whole(program, budget, name, directory.folder());
  }

  @Override
  public SampleSource piece(long startSecond, long seconds) throws AudioException {
    stopBegun();
    return FfmpegSource.piece(program, budget, name, directory.folder(), startSecond, seconds);
  }

  @Override
  public void close() {
    stopBegun();
    Closing.quietly(directory);
  }

  private void stopBegun() {
    if (begun != null) {
      begun.close();
      begun = null;
    }
  }
}
