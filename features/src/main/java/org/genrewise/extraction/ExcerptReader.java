package org.genrewise.extraction;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import org.genrewise.audio.AudioException;
import org.genrewise.audio.AudioPieces;
import org.genrewise.audio.AudioStream;
import org.genrewise.cqt.ConstantQ;
import org.genrewise.cqt.ConstantQRun;
import org.genrewise.cqt.Decibels;
import org.genrewise.cqt.Spectrogram;
import org.genrewise.picture.Slice;
import org.genrewise.picture.SliceGrid;
import org.genrewise.picture.Slicer;

/**
 * Makes some slices of one track, decoding and transforming little more than these. What it cannot
 * make in this way it leaves to a reader of the whole track.
 */
final class ExcerptReader {
  private static final int CHUNK = 1 << 14;

  /** Above this share of the track, decoding all costs no more than seeking. */
  private static final double WORTHWHILE_SHARE = 2.0 / 3;

  /** Containers tell a length of a little more than what is in them, in seconds. */
  private static final double TOLERANCE = 0.25;

  private final ConstantQ constantQ;
  private final Slicer slicer;
  private final AudioPieces audio;
  private final StageClock clock;
  private final LinkedHashSet<String> warnings = new LinkedHashSet<>();
  private boolean silent = true;

  ExcerptReader(ConstantQ constantQ, Slicer slicer, AudioPieces audio, StageClock clock) {
    this.constantQ = constantQ;
    this.slicer = slicer;
    this.audio = audio;
    this.clock = clock;
  }

  /**
   * The slices' features; empty where the excerpts would be most of the track.
   *
   * <p>Also empty where the header turns out to be wrong, where a piece cannot be decoded, and
   * where all pieces are silent: what that means only the whole can tell.
   *
   * @param samples of the track, by its header
   * @param most slices to make
   * @throws AudioException where trying again may end otherwise, as after the time limit
   */
  Optional<TrackFeatures> read(long samples, int most) throws AudioException {
    SliceGrid grid = slicer.grid(samples);
    int[] slices = grid.evenlySpaced(most);
    int hop = constantQ.settings().hopLength();
    List<Excerpt> excerpts = Excerpt.of(grid, slices, samples, hop, constantQ.reach());
    long wanted = excerpts.stream().mapToLong(Excerpt::count).sum();
    if (slicer.paddedLength(samples) > samples || wanted > WORTHWHILE_SHARE * samples) {
      return Optional.empty();
    }
    SliceJoiner joiner =
        new SliceJoiner(constantQ.settings().bins(), grid.sliceFrames(), slices.length);
    try {
      for (Excerpt excerpt : excerpts) {
        Optional<Spectrogram> magnitudes = transform(excerpt, samples);
        if (magnitudes.isEmpty()) {
          return Optional.empty();
        }
        for (int slice : excerpt.slices()) {
          joiner.add(magnitudes.get(), grid.begin(slice) - excerpt.firstFrame());
        }
      }
    } catch (AudioException e) {
      if (e.kind().permanent()) {
        return Optional.empty();
      }
      throw e;
    }
    return silent ? Optional.empty() : Optional.of(features(joiner, grid, slices, samples));
  }

  private TrackFeatures features(SliceJoiner joiner, SliceGrid grid, int[] indices, long samples) {
    Spectrogram decibels = Decibels.of(joiner.joined());
    List<Slice> slices = new ArrayList<>();
    for (int i = 0; i < indices.length; i++) {
      slices.add(slicer.slice(decibels, i * grid.sliceFrames(), grid, indices[i]));
    }
    return new TrackFeatures(
        (double) samples / constantQ.settings().sampleRate(),
        slices,
        List.copyOf(warnings),
        clock.decodeSeconds(),
        clock.otherSeconds());
  }

  /** An excerpt's magnitudes, or nothing if the audio ends before it does. */
  private Optional<Spectrogram> transform(Excerpt excerpt, long samples) throws AudioException {
    ConstantQRun run = constantQ.start();
    float[] chunk = new float[CHUNK];
    long missing = excerpt.count();
    try (AudioStream stream = clock.decoding(() -> audio.piece(excerpt.first(), excerpt.count()))) {
      int read;
      while ((read = clock.decoding(() -> stream.read(chunk, 0, CHUNK))) >= 0) {
        run.accept(chunk, 0, read);
        silent = silent && isSilent(chunk, read);
        missing -= read;
      }
      warnings.addAll(stream.warnings());
    }
    boolean atTheEnd = excerpt.end() == samples;
    if (missing > (atTheEnd ? TOLERANCE * audio.sampleRate() : 0)) {
      return Optional.empty();
    }
    run.accept(new float[(int) missing], 0, (int) missing);
    return Optional.of(run.finish());
  }

  private static boolean isSilent(float[] samples, int count) {
    for (int i = 0; i < count; i++) {
      if (samples[i] != 0) {
        return false;
      }
    }
    return true;
  }
}
