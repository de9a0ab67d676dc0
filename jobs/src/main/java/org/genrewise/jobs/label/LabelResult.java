package org.genrewise.jobs.label;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a label run did.
 *
 * @param runId as its rows have it
 * @param listed tracks of the library
 * @param unchanged those that had their row already
 * @param otherFiles files left alone because of the endings of their names
 * @param parts tracks and bytes by the reason why they were labelled
 * @param tracks those that were tried
 * @param failedTracks those that became rows in failures
 * @param permanentFailures those among them that the next run will not try again
 * @param recoveredTracks rows of killed runs that this one published
 * @param removedTracks tracks with rows that are no longer listed; -1 if it was not asked for
 * @param audioSeconds length of all labelled audio
 * @param labellingSeconds wall time of the waves alone
 * @param seconds wall time of all
 * @param stages the tasks' seconds by stage, added over all threads
 */
public record LabelResult(
    String runId,
    String modelId,
    String modelVersion,
    long listed,
    long unchanged,
    long otherFiles,
    Map<Difference.Reason, Difference.Part> parts,
    long tracks,
    long failedTracks,
    long permanentFailures,
    long recoveredTracks,
    long removedTracks,
    double audioSeconds,
    double labellingSeconds,
    double seconds,
    Map<String, Double> stages) {

  public LabelResult {
    parts = Map.copyOf(parts);
    stages = Map.copyOf(stages);
  }

  public long labelledTracks() {
    return tracks - failedTracks;
  }

  /** Of the whole run, listing included. */
  public double tracksPerHour() {
    return labelledTracks() / seconds * 3600;
  }

  /** Seconds of audio labelled in a second. */
  public double timesRealTime() {
    return audioSeconds / seconds;
  }

  /** Of the files that were tried. */
  public long bytes() {
    return parts.values().stream().mapToLong(Difference.Part::bytes).sum();
  }

  Map<String, Object> asMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("model_id", modelId);
    map.put("model_version", modelVersion);
    map.put("listed_tracks", listed);
    map.put("unchanged_tracks", unchanged);
    map.put("other_files", otherFiles);
    for (Difference.Reason reason : Difference.Reason.values()) {
      Difference.Part part = parts.get(reason);
      map.put(reason.id() + "_tracks", part == null ? 0 : part.tracks());
    }
    map.put("tracks", tracks);
    map.put("labelled_tracks", labelledTracks());
    map.put("failed_tracks", failedTracks);
    map.put("permanent_failures", permanentFailures);
    map.put("recovered_tracks", recoveredTracks);
    if (removedTracks >= 0) {
      map.put("removed_tracks", removedTracks);
    }
    map.put("bytes", bytes());
    map.put("audio_seconds", audioSeconds);
    map.put("labelling_seconds", labellingSeconds);
    map.put("seconds", seconds);
    map.put("tracks_per_hour", tracksPerHour());
    map.put("times_real_time", timesRealTime());
    map.put("stage_seconds", stages);
    return map;
  }
}
