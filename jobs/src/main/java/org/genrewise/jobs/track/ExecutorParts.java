package org.genrewise.jobs.track;

import java.util.concurrent.ConcurrentHashMap;
import org.genrewise.audio.AudioDecoder;
import org.genrewise.audio.AudioPieces;
import org.genrewise.audio.StandardAudioDecoder;
import org.genrewise.extraction.FeatureExtractor;
import org.genrewise.extraction.FeatureSettings;
import org.genrewise.jobs.library.Track;
import org.genrewise.jobs.spark.HadoopConfiguration;
import org.genrewise.jobs.spark.Locations;

/** What is built once in each executor and shared by its tasks. */
public final class ExecutorParts {
  private static final ConcurrentHashMap<DecoderOptions, AudioDecoder> DECODERS =
      new ConcurrentHashMap<>();
  private static final ConcurrentHashMap<FeatureSettings, FeatureExtractor> EXTRACTORS =
      new ConcurrentHashMap<>();

  private ExecutorParts() {}

  public static AudioDecoder decoder(DecoderOptions settings) {
    return DECODERS.computeIfAbsent(settings, s -> new StandardAudioDecoder(s.settings()));
  }

  public static FeatureExtractor extractor(FeatureSettings settings) {
    return EXTRACTORS.computeIfAbsent(settings, FeatureExtractor::new);
  }

  /** A track, wherever it lies; nothing is opened before it is read. */
  public static AudioPieces pieces(Track track, DecoderOptions settings) {
    AudioDecoder decoder = decoder(settings);
    return Locations.isRemote(track.path())
        ? decoder.pieces(
            track.path(), () -> Locations.open(track.path(), HadoopConfiguration.current()))
        : decoder.pieces(Locations.local(track.path()));
  }
}
