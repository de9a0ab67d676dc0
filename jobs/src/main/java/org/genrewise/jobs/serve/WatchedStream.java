package org.genrewise.jobs.serve;

import java.util.List;
import java.util.OptionalDouble;
import org.genrewise.audio.AudioException;
import org.genrewise.audio.AudioStream;

/** A stream that tells how far it was read, and ends at a deadline. */
final class WatchedStream implements AudioStream {
  private final AudioStream stream;
  private final String name;
  private final OptionalDouble total;
  private final Deadline deadline;
  private final AnalysisListener listener;
  private long samples;

  WatchedStream(
      AudioStream stream,
      String name,
      OptionalDouble total,
      Deadline deadline,
      AnalysisListener listener) {
    this.stream = stream;
    this.name = name;
    this.total = total;
    this.deadline = deadline;
    this.listener = listener;
  }

  @Override
  public int read(float[] buffer, int offset, int length) throws AudioException {
    if (deadline.isPast()) {
      throw new AudioException(
          AudioException.Kind.TIMEOUT,
          "%s: not decoded within %s s".formatted(name, deadline.seconds()));
    }
    int read = stream.read(buffer, offset, length);
    samples += Math.max(0, read);
    listener.decoding((double) samples / stream.sampleRate(), total);
    return read;
  }

  @Override
  public int sampleRate() {
    return stream.sampleRate();
  }

  @Override
  public List<String> warnings() {
    return stream.warnings();
  }

  @Override
  public void close() {
    stream.close();
  }
}
