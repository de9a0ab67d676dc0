package org.genrewise.extraction;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.genrewise.audio.AudioException;
import org.genrewise.audio.AudioPieces;
import org.genrewise.audio.AudioStream;
import org.genrewise.cqt.ConstantQ;
import org.genrewise.cqt.ConstantQRun;
import org.genrewise.cqt.Decibels;
import org.genrewise.picture.Slice;
import org.genrewise.picture.Slicer;

/**
 * Turns audio into slices: decoding, constant-Q transform, decibels below the track's peak, slices.
 * Samples flow through and are not kept, so memory grows with the spectrogram alone: about 0.7 KB a
 * frame at the default settings, 105 MB for two hours. Thread-safe.
 */
public final class FeatureExtractor {
  /** In place of a number of slices: all. */
  public static final int ALL_SLICES = 0;

  private static final int CHUNK = 1 << 14;

  private final FeatureSettings settings;
  private final ConstantQ constantQ;
  private final Slicer slicer;

  public FeatureExtractor(FeatureSettings settings) {
    this.settings = settings;
    this.constantQ = new ConstantQ(settings.cqt());
    this.slicer = new Slicer(settings.cqt(), settings.sliceSeconds());
  }

  /**
   * Reads a stream to its end, closes it, and makes its slices. Audio shorter than a slice is
   * padded with silence at its end.
   *
   * @throws AudioException if the stream cannot be read to its end
   * @throws IllegalArgumentException if the stream has another sample rate than the settings
   */
  public TrackFeatures extract(AudioStream stream) throws AudioException {
    return extract(stream, ALL_SLICES, new StageClock());
  }

  /**
   * Makes some slices of a track, evenly spaced (see {@link
   * org.genrewise.picture.SliceGrid#evenlySpaced}), and closes the audio. Slices are those of the
   * whole track, with the same index and start. Where that saves work, only they and 0.6 s on
   * either side (what the lowest filters see) are decoded and transformed; the grid follows from
   * the length that the header claims then. Otherwise, and where a claim proves false, a piece
   * cannot be decoded or all of them are silent, the whole is read, with all its checks.
   *
   * <p>Levels are relative to the loudest moment that was analysed. That is the one difference: if
   * the track's loudest moment lies outside the excerpts, levels are higher than those from the
   * whole track by what it is louder, and what is more than 80 dB below the one or the other is cut
   * off. Faults outside the excerpts, such as samples that are not finite, are not seen.
   *
   * @param audio read on this thread
   * @param slicesPerTrack how many slices at most; {@link #ALL_SLICES} for all
   * @throws AudioException if the audio cannot be read
   * @throws IllegalArgumentException if the audio has another sample rate than the settings, or the
   *     number is negative
   */
  public TrackFeatures extract(AudioPieces audio, int slicesPerTrack) throws AudioException {
    StageClock clock = new StageClock();
    try (audio) {
      requireRate(audio.sampleRate());
      if (slicesPerTrack < 0) {
        throw new IllegalArgumentException(
            "slices per track must be 0 (all) or more, not " + slicesPerTrack);
      }
      if (slicesPerTrack != ALL_SLICES) {
        OptionalLong claimed = clock.decoding(audio::claimedSamples);
        Optional<TrackFeatures> features =
            claimed.isPresent()
                ? new ExcerptReader(constantQ, slicer, audio, clock)
                    .read(claimed.getAsLong(), slicesPerTrack)
                : Optional.empty();
        if (features.isPresent()) {
          return features.get();
        }
      }
      return extract(clock.decoding(audio::whole), slicesPerTrack, clock);
    }
  }

  private TrackFeatures extract(AudioStream stream, int most, StageClock clock)
      throws AudioException {
    try (stream) {
      requireRate(stream.sampleRate());
      ConstantQRun run = constantQ.start();
      float[] chunk = new float[CHUNK];
      long samples = 0;
      int read;
      while ((read = clock.decoding(() -> stream.read(chunk, 0, CHUNK))) >= 0) {
        run.accept(chunk, 0, read);
        samples += read;
      }
      pad(run, slicer.paddedLength(samples) - samples);
      List<Slice> slices = slicer.slices(Decibels.of(run.finish()), samples);
      return new TrackFeatures(
          (double) samples / settings.cqt().sampleRate(),
          most == ALL_SLICES ? slices : chosen(slices, slicer.grid(samples).evenlySpaced(most)),
          stream.warnings(),
          clock.decodeSeconds(),
          clock.otherSeconds());
    }
  }

  private static List<Slice> chosen(List<Slice> slices, int[] indices) {
    return Arrays.stream(indices).mapToObj(slices::get).toList();
  }

  private void requireRate(int hertz) {
    if (hertz != settings.cqt().sampleRate()) {
      throw new IllegalArgumentException(
          "the settings ask for %d Hz, the stream has %d Hz"
              .formatted(settings.cqt().sampleRate(), hertz));
    }
  }

  private static void pad(ConstantQRun run, long samples) {
    float[] silence = new float[CHUNK];
    for (long left = samples; left > 0; left -= CHUNK) {
      run.accept(silence, 0, (int) Math.min(left, CHUNK));
    }
  }
}
