package org.genrewise.extraction;

import java.util.List;
import org.genrewise.picture.Slice;

/**
 * A track as the network sees it.
 *
 * @param durationSeconds of the audio, without padding
 * @param slices in order of time, at least one
 * @param warnings what is worth telling about audio that could be used all the same
 */
public record TrackFeatures(double durationSeconds, List<Slice> slices, List<String> warnings) {
  public TrackFeatures {
    slices = List.copyOf(slices);
    warnings = List.copyOf(warnings);
  }
}
