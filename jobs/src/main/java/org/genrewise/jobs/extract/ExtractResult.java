package org.genrewise.jobs.extract;

import java.util.Map;
import java.util.TreeMap;

/**
 * What an extract run did.
 *
 * @param tracks files that were tried
 * @param failedTracks files that became rows in failures
 * @param slices rows in features
 * @param skippedFiles files left alone because of the endings of their names
 * @param seconds wall time
 */
public record ExtractResult(
    long tracks,
    long failedTracks,
    long slices,
    long skippedFiles,
    String featureVersion,
    double seconds) {

  Map<String, Object> asMap() {
    Map<String, Object> map = new TreeMap<>();
    map.put("tracks", tracks);
    map.put("failed_tracks", failedTracks);
    map.put("slices", slices);
    map.put("skipped_files", skippedFiles);
    map.put("feature_version", featureVersion);
    map.put("seconds", seconds);
    return map;
  }
}
