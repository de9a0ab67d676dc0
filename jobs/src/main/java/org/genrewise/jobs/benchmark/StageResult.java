package org.genrewise.jobs.benchmark;

import java.util.LinkedHashMap;
import java.util.Map;
import org.genrewise.jobs.model.Engine;

/**
 * What became of a stage.
 *
 * @param stage its name
 * @param run what it ran on
 * @param results by name, with its memory; empty if it failed
 * @param error why it failed; else empty
 * @param usersFault whether it failed by what the user gave or asked for
 */
record StageResult(
    String stage, Combination run, Map<String, Object> results, String error, boolean usersFault) {

  boolean isOk() {
    return error.isEmpty();
  }

  /** For messages: {@code epoch, cuda float16}. */
  String name() {
    return stage + ", " + run.text();
  }

  Map<String, Object> asMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("stage", stage);
    map.put("device", run.device().text());
    map.put("precision", Engine.precision(run.precision()));
    map.put("error", error);
    map.put("results", results);
    return map;
  }
}
