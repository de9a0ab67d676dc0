package org.genrewise.jobs.label;

import com.typesafe.config.Config;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.genrewise.jobs.spark.Storage;
import org.genrewise.json.Json;

/**
 * What is written of a run: {@code runs/RUN_ID.json}, with a status from its beginning on. A killed
 * run's record says {@code running} until the next run finds it.
 */
final class RunRecord {
  static final String FOLDER = "runs";

  /** Of the tables and of this record; grows when a column is added. */
  static final int SCHEMA_VERSION = 2;

  private static final String STATUS = "status";
  private static final String DONE = "done";

  private final Storage storage;
  private final String output;

  RunRecord(Storage storage, String output) {
    this.storage = storage;
    this.output = output;
  }

  void begin(RunIdentity run, LabelSettings settings, Map<String, String> environment) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("schema_version", SCHEMA_VERSION);
    map.put("run_id", run.runId());
    map.put(STATUS, "running");
    map.put("started_at", Instant.now().toString());
    map.put("inputs", settings.library().inputs());
    settings.library().manifest().ifPresent(m -> map.put("manifest", m));
    map.put("model", settings.model());
    map.put("feature_version", run.featureVersion());
    map.put("force", settings.scope().force());
    map.put("settings", settings.texts());
    map.putAll(environment);
    write(run.runId(), map);
  }

  void done(LabelResult result) {
    add(result.runId(), DONE, result.asMap());
  }

  /**
   * A run that ended early by the user's fault.
   *
   * @param reason what the user was told
   */
  void failed(String runId, String reason) {
    add(runId, "failed", Map.of("reason", reason));
  }

  /** A killed run, whose finished waves another one published. */
  void killed(String runId, long recoveredTracks) {
    add(runId, "killed", Map.of("tracks_recovered_later", recoveredTracks));
  }

  private void add(String runId, String status, Map<String, ?> more) {
    Map<String, Object> map = new LinkedHashMap<>();
    read(runId + ".json").ifPresent(record -> map.putAll(record.root().unwrapped()));
    map.put(STATUS, status);
    map.put("ended_at", Instant.now().toString());
    map.putAll(more);
    write(runId, map);
  }

  private void write(String runId, Map<String, Object> map) {
    storage.writeText("%s/%s/%s.json".formatted(output, FOLDER, runId), Json.render(map) + "\n");
  }

  private Optional<Config> read(String name) {
    String location = "%s/%s/%s".formatted(output, FOLDER, name);
    return storage
        .readText(location)
        .flatMap(
            text -> {
              try {
                return Optional.of(Json.parse(location, text));
              } catch (IllegalArgumentException e) {
                // Killed while it wrote its record.
                return Optional.empty();
              }
            });
  }

  /** Bytes of audio files a second of the last run that labelled something. */
  Optional<Double> lastSpeed() {
    List<String> names = storage.names(output + "/" + FOLDER);
    for (int i = names.size() - 1; i >= 0; i--) {
      Optional<Config> record = read(names.get(i));
      if (record.isPresent()
          && record.get().hasPath("labelling_seconds")
          && record.get().getLong("labelled_tracks") > 0) {
        return Optional.of(
            record.get().getDouble("bytes") / record.get().getDouble("labelling_seconds"));
      }
    }
    return Optional.empty();
  }
}
