package org.genrewise.jobs.label;

import java.util.Map;
import java.util.TreeMap;

/**
 * What a label run did.
 *
 * @param runId as its rows have it
 * @param tracks files that were tried
 * @param failedTracks files that became rows in failures
 * @param skippedFiles files left alone because of the endings of their names
 * @param audioSeconds length of all labelled audio
 * @param seconds wall time
 */
public record LabelResult(
    String runId,
    String modelId,
    String modelVersion,
    long tracks,
    long failedTracks,
    long skippedFiles,
    double audioSeconds,
    double seconds) {

  public double tracksPerHour() {
    return (tracks - failedTracks) / seconds * 3600;
  }

  /** Seconds of audio labelled in a second. */
  public double timesRealTime() {
    return audioSeconds / seconds;
  }

  Map<String, Object> asMap() {
    Map<String, Object> map = new TreeMap<>();
    map.put("run_id", runId);
    map.put("model_id", modelId);
    map.put("model_version", modelVersion);
    map.put("tracks", tracks);
    map.put("failed_tracks", failedTracks);
    map.put("skipped_files", skippedFiles);
    map.put("audio_seconds", audioSeconds);
    map.put("seconds", seconds);
    map.put("tracks_per_hour", tracksPerHour());
    map.put("times_real_time", timesRealTime());
    return map;
  }
}
