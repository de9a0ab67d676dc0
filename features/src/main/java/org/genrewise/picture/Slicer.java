package org.genrewise.picture;

import java.util.ArrayList;
import java.util.List;
import org.genrewise.cqt.CqtSettings;
import org.genrewise.cqt.Spectrogram;

/**
 * Cuts a track's spectrogram into slices side by side, without overlap, as the ccmusic music_genre
 * demo does: each has {@code int(sliceSeconds * frames / duration)} frames, as many as fit are
 * taken from the middle of the track, and what remains at both ends is dropped.
 *
 * <p>Audio too short for one slice is padded with silence before the transform:
 *
 * <pre>{@code
 * float[] audio = Arrays.copyOf(decoded, (int) slicer.paddedLength(decoded.length));
 * List<Slice> slices = slicer.slices(decibels(audio), decoded.length);
 * }</pre>
 *
 * Immutable and thread-safe.
 */
public final class Slicer {

  /** Length of a slice in the ccmusic music_genre data, in seconds. */
  public static final double DEFAULT_SECONDS = 11.4;

  private final CqtSettings settings;
  private final int sampleRate;
  private final int hopLength;
  private final double sliceSeconds;
  private final long sliceSamples;

  /** Slices of {@value #DEFAULT_SECONDS} s. */
  public Slicer(CqtSettings settings) {
    this(settings, DEFAULT_SECONDS);
  }

  /**
   * @param settings of the transform that makes the spectrograms: sample rate and hop length
   * @param sliceSeconds length of a slice, in seconds; at least one hop
   * @throws IllegalArgumentException if a slice would be shorter than a hop or have 2^31 samples
   */
  public Slicer(CqtSettings settings, double sliceSeconds) {
    this.settings = settings;
    this.sampleRate = settings.sampleRate();
    this.hopLength = settings.hopLength();
    this.sliceSeconds = sliceSeconds;
    this.sliceSamples = (long) Math.ceil(sliceSeconds * sampleRate);
    if (!(sliceSeconds * sampleRate >= hopLength) || sliceSamples > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "a slice of %s s at %d Hz is not possible: give from %s s (one hop) to %d s"
              .formatted(
                  sliceSeconds,
                  sampleRate,
                  (double) hopLength / sampleRate,
                  Integer.MAX_VALUE / sampleRate));
    }
  }

  /**
   * How many samples the audio must have before the transform, to give at least one slice.
   *
   * @param samples of the decoded audio; 0 or more
   * @return {@code samples} where they give a slice as they are, otherwise the samples of one whole
   *     slice (251,370 for 11.4 s at 22,050 Hz): append silence up to there. Audio a little shorter
   *     than a slice gives one without padding (11.39 s does, 11.30 s does not), because the last
   *     frame reaches beyond its end.
   */
  public long paddedLength(long samples) {
    if (samples < 0) {
      throw new IllegalArgumentException("audio of %d samples".formatted(samples));
    }
    if (samples == 0) {
      return sliceSamples;
    }
    long frames = 1 + samples / hopLength;
    return framesPerSlice(frames, samples) <= frames ? samples : sliceSamples;
  }

  /**
   * The slices of a track, in order, at least one.
   *
   * @param decibels levels of the whole track, in dB relative to its peak
   * @param samples of the decoded audio, without padding; a slice is flagged as padded where {@link
   *     #paddedLength} asks for more than these
   * @throws IllegalArgumentException if the frames are not those of {@code paddedLength(samples)},
   *     or a level is not finite
   */
  public List<Slice> slices(Spectrogram decibels, long samples) {
    int frames = decibels.frames();
    long transformed = paddedLength(samples);
    long expected = 1 + transformed / hopLength;
    // A transform that decimates first rounds the length up, which may bring one frame more.
    if (frames < expected || frames > expected + 1) {
      throw new IllegalArgumentException(
          "a spectrogram of %d frames does not belong to %d samples, which give %d: pad the audio to paddedLength(%d) = %d samples before the transform"
              .formatted(frames, samples, expected, samples, transformed));
    }
    SliceGrid grid = grid(frames, transformed);
    List<Slice> slices = new ArrayList<>(grid.count());
    for (int index = 0; index < grid.count(); index++) {
      slices.add(slice(decibels, grid.begin(index), grid, index, transformed > samples));
    }
    return slices;
  }

  /**
   * Where the slices of a track lie.
   *
   * @param samples of the decoded audio; 0 or more
   */
  public SliceGrid grid(long samples) {
    long transformed = paddedLength(samples);
    return grid(settings.frames(transformed), transformed);
  }

  /**
   * One slice of a track, from levels of a part of it.
   *
   * @param decibels levels in dB, the slice's frames among them
   * @param column where in {@code decibels} the slice begins
   * @param grid where the track's slices lie
   * @param index of the slice in the grid
   * @throws IllegalArgumentException if a level is not finite
   */
  public Slice slice(Spectrogram decibels, int column, SliceGrid grid, int index) {
    return slice(decibels, column, grid, index, false);
  }

  private SliceGrid grid(long frames, long samples) {
    int step = (int) Math.min(frames, framesPerSlice(frames, samples));
    int count = (int) (frames / step);
    return new SliceGrid(step, count, (int) (frames - (long) count * step) / 2);
  }

  private int framesPerSlice(long frames, long samples) {
    double duration = samples / (double) sampleRate;
    return (int) (sliceSeconds * frames / duration);
  }

  private Slice slice(Spectrogram decibels, int column, SliceGrid grid, int index, boolean padded) {
    int frames = grid.sliceFrames();
    Levels levels = Levels.of(decibels, column, frames);
    return new Slice(
        index,
        (double) grid.begin(index) * hopLength / sampleRate,
        decibels.bins(),
        frames,
        levels.indices(decibels, column, frames),
        levels.lowest(),
        levels.highest(),
        padded);
  }
}
