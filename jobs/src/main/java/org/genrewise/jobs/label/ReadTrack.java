package org.genrewise.jobs.label;

import java.sql.Timestamp;
import java.util.List;
import org.genrewise.extraction.TrackFeatures;
import org.genrewise.jobs.library.FileState;
import org.genrewise.jobs.library.Track;
import org.genrewise.picture.Slice;

/**
 * A track that has been read: what its rows need to know of it. The slices' pictures are not kept.
 *
 * @param state of the file that was read, which may be newer than when it was listed
 * @param slices where each begins
 */
record ReadTrack(
    String id,
    String path,
    FileState state,
    double durationSeconds,
    boolean padded,
    List<String> warnings,
    List<Start> slices) {

  /**
   * Where a slice begins.
   *
   * @param index in the track, from 0
   * @param seconds from the track's beginning
   */
  record Start(int index, double seconds) {}

  static ReadTrack of(Track track, FileState state, TrackFeatures features) {
    return new ReadTrack(
        track.id(),
        track.path(),
        state,
        features.durationSeconds(),
        features.slices().stream().anyMatch(Slice::padded),
        features.warnings(),
        features.slices().stream().map(s -> new Start(s.index(), s.startSeconds())).toList());
  }

  /** Null if unknown. */
  Long sizeBytes() {
    return sizeBytes(state);
  }

  /** Null if unknown. */
  Timestamp modifiedAt() {
    return modifiedAt(state);
  }

  static Long sizeBytes(FileState state) {
    return state.sizeBytesOrNull();
  }

  static Timestamp modifiedAt(FileState state) {
    Long millis = state.modifiedMillisOrNull();
    return millis == null ? null : new Timestamp(millis);
  }
}
