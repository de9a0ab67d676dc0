package org.genrewise.jobs.benchmark;

import java.util.Map;
import java.util.Optional;
import org.genrewise.training.Track;

/**
 * A file that could be read.
 *
 * @param path absolute
 * @param label its class, if it has one
 * @param group what must stay together in a split, if it is in one
 * @param seconds of audio
 * @param slices at least one
 */
record PreparedTrack(
    String path, Optional<String> label, Optional<String> group, double seconds, int slices) {

  static PreparedTrack of(Map<String, Object> map) {
    return new PreparedTrack(
        Values.text(map, "path"),
        Values.optionalText(map, "label"),
        Values.optionalText(map, "group"),
        Values.number(map, "seconds"),
        Values.whole(map, "slices"));
  }

  /** As far as splitting is concerned; of a track with a label. */
  Track track() {
    return new Track(path, label.orElseThrow(), group);
  }
}
