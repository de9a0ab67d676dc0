package org.genrewise.extraction;

import java.util.List;
import org.genrewise.picture.Slice;

/**
 * A track as the network sees it.
 *
 * @param durationSeconds of the audio, without padding; what the header claims where only excerpts
 *     were decoded
 * @param slices in order of time, at least one
 * @param warnings what is worth telling about audio that could be used all the same
 * @param decodeSeconds time spent waiting for samples: decoding, mixing and resampling, in seconds
 * @param transformSeconds time spent on the transform and on cutting slices, in seconds
 */
public record TrackFeatures(
    double durationSeconds,
    List<Slice> slices,
    List<String> warnings,
    double decodeSeconds,
    double transformSeconds) {
  public TrackFeatures {
    slices = List.copyOf(slices);
    warnings = List.copyOf(warnings);
  }
}
