package org.genrewise.check;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What is known of a part.
 *
 * @param name of the part
 * @param status how far it has come
 * @param seconds that it took, its process's start included; 0 until it has ended
 * @param summary one line for tables; empty if there is nothing to tell
 * @param error why it failed or was skipped; else empty
 * @param usersFault whether it failed by what the user asked for
 * @param results by name: numbers, texts, lists and maps, as they stand in JSON
 */
public record PartReport(
    String name,
    PartStatus status,
    double seconds,
    String summary,
    String error,
    boolean usersFault,
    Map<String, Object> results) {

  public PartReport {
    results = Collections.unmodifiableMap(new LinkedHashMap<>(results));
  }

  /** A part whose turn has not come. */
  static PartReport waiting(String name) {
    return new PartReport(name, PartStatus.WAITING, 0, "", "", false, Map.of());
  }

  static PartReport skipped(String name, String reason) {
    return new PartReport(name, PartStatus.SKIPPED, 0, "", reason, false, Map.of());
  }

  PartReport with(PartStatus other) {
    return new PartReport(name, other, seconds, summary, error, usersFault, results);
  }

  PartReport with(double time) {
    return new PartReport(name, status, time, summary, error, usersFault, results);
  }

  PartReport failed(String reason) {
    return new PartReport(name, PartStatus.FAILED, seconds, summary, reason, false, results);
  }

  Map<String, Object> asMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("name", name);
    map.put("status", status.text());
    map.put("seconds", seconds);
    map.put("summary", summary);
    map.put("error", error);
    map.put("users_fault", usersFault);
    map.put("results", results);
    return map;
  }

  /** Reads what {@link #asMap} gave, through JSON. */
  @SuppressWarnings("unchecked")
  static PartReport of(Map<String, Object> map) {
    return new PartReport(
        (String) map.get("name"),
        PartStatus.parse((String) map.get("status")),
        ((Number) map.get("seconds")).doubleValue(),
        (String) map.get("summary"),
        (String) map.get("error"),
        (Boolean) map.get("users_fault"),
        (Map<String, Object>) map.get("results"));
  }
}
