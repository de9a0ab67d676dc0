package org.genrewise.jobs.serve;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.genrewise.bundle.BundleInfo;
import org.genrewise.jobs.cli.Version;
import org.genrewise.jobs.library.LibraryLister;
import org.genrewise.jobs.model.Engine;
import org.genrewise.jobs.model.LoadedModel;
import org.genrewise.network.Precision;

/**
 * What answers say of the model and of what computes it.
 *
 * @param version of its parameters
 * @param precision in which it labels
 * @param device that computes
 * @param engine library and threads
 */
record ServedModel(
    BundleInfo info, String version, Precision precision, String device, String engine) {

  /** Of a model that this process has. */
  static ServedModel of(LoadedModel model) {
    return new ServedModel(
        model.info(), model.version(), model.precision(), Engine.device(), Engine.library());
  }

  /** For JSON. */
  Map<String, Object> asMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("id", version);
    map.put("name", info.modelId());
    map.put("classes", info.classes());
    map.put("input_size", info.network().inputSize());
    map.put("feature_version", info.features().version());
    map.put("trained_precision", Engine.precision(info.precision()));
    map.put("metrics", info.metrics());
    Instant created = info.provenance().createdAt();
    map.put("created", created.toString());
    map.put("trained_tracks", info.provenance().tracks());
    putIfThere(map, "width", info.provenance().training().get("width"));
    putIfThere(map, "trained_with", info.provenance().versions().get("genrewise"));
    return map;
  }

  private static void putIfThere(Map<String, Object> map, String key, String value) {
    if (value != null) {
      map.put(key, value);
    }
  }

  /** Adds what every answer says: model, device, precision, engine, version of this program. */
  void addTo(Map<String, Object> answer) {
    answer.put("model", asMap());
    answer.put("device", device);
    answer.put("precision", Engine.precision(precision));
    answer.put("engine", engine);
    answer.put("version", Version.text());
  }

  /** The answer to {@code GET /api/model}. */
  Map<String, Object> description(ServeSettings settings) {
    ServeLimits limits = settings.limits();
    Map<String, Object> map = new LinkedHashMap<>();
    addTo(map);
    map.put(
        "limits",
        Map.of(
            "bytes", limits.bytes(),
            "minimum_seconds", settings.decoder().minimumSeconds(),
            "seconds", settings.decoder().maximumSeconds(),
            "upload_limit_seconds", limits.uploadSeconds(),
            "time_limit_seconds", limits.workSeconds(),
            "concurrent", limits.concurrent(),
            "waiting", limits.waiting()));
    map.put("endings", List.copyOf(LibraryLister.AUDIO_ENDINGS));
    return map;
  }
}
