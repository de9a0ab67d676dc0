package org.genrewise.extraction;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.genrewise.audio.AudioException;
import org.genrewise.audio.AudioPieces;
import org.genrewise.audio.AudioStream;

/** Audio from an array, which may claim another length; remembers what was asked of it. */
final class ArrayPieces implements AudioPieces {
  static final int RATE = 22_050;

  private final float[] samples;
  private final OptionalLong claimed;
  private final List<Long> pieces = new ArrayList<>();
  private AudioException.Kind refusal;
  private long samplesRead;
  private int open;
  private int wholes;
  private boolean closed;

  ArrayPieces(float[] samples, OptionalLong claimed) {
    this.samples = samples;
    this.claimed = claimed;
  }

  static ArrayPieces of(float[] samples) {
    return new ArrayPieces(samples, OptionalLong.of(samples.length));
  }

  /** Pieces break off with this; the whole does not. */
  ArrayPieces refusingPieces(AudioException.Kind kind) {
    refusal = kind;
    return this;
  }

  /** First samples of the pieces that were asked for. */
  List<Long> pieces() {
    return pieces;
  }

  long samplesRead() {
    return samplesRead;
  }

  int wholes() {
    return wholes;
  }

  boolean closed() {
    return closed && open == 0;
  }

  @Override
  public int sampleRate() {
    return RATE;
  }

  @Override
  public OptionalLong claimedSamples() {
    return claimed;
  }

  @Override
  public AudioStream piece(long first, long count) {
    pieces.add(first);
    return new Stream(
        (int) Math.min(first, samples.length),
        (int) Math.min(first + count, samples.length),
        refusal);
  }

  @Override
  public AudioStream whole() {
    wholes++;
    return new Stream(0, samples.length, null);
  }

  @Override
  public void close() {
    closed = true;
  }

  private final class Stream implements AudioStream {
    private final int end;
    private final AudioException.Kind refusal;
    private int position;

    Stream(int first, int end, AudioException.Kind refusal) {
      if (open > 0) {
        throw new IllegalStateException("two streams at a time");
      }
      open++;
      this.position = first;
      this.end = end;
      this.refusal = refusal;
    }

    @Override
    public int read(float[] buffer, int offset, int length) throws AudioException {
      if (refusal != null) {
        throw new AudioException(refusal, "a test");
      }
      int count = Math.min(end - position, Math.min(length, 1 + position % 7919));
      System.arraycopy(samples, position, buffer, offset, count);
      position += count;
      samplesRead += count;
      return count == 0 ? -1 : count;
    }

    @Override
    public int sampleRate() {
      return RATE;
    }

    @Override
    public List<String> warnings() {
      return List.of("a warning");
    }

    @Override
    public void close() {
      open--;
    }
  }
}
