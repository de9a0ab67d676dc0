package org.genrewise.jobs.benchmark;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads results that came through JSON. */
final class Values {
  private Values() {}

  static double number(Map<String, Object> map, String key) {
    return ((Number) map.get(key)).doubleValue();
  }

  static Optional<Double> optional(Map<String, Object> map, String key) {
    return Optional.ofNullable((Number) map.get(key)).map(Number::doubleValue);
  }

  static int whole(Map<String, Object> map, String key) {
    return ((Number) map.get(key)).intValue();
  }

  static String text(Map<String, Object> map, String key) {
    return (String) map.get(key);
  }

  static Optional<String> optionalText(Map<String, Object> map, String key) {
    return Optional.ofNullable((String) map.get(key));
  }

  @SuppressWarnings("unchecked")
  static List<Map<String, Object>> rows(Map<String, Object> map, String key) {
    return (List<Map<String, Object>>) map.get(key);
  }

  @SuppressWarnings("unchecked")
  static Map<String, Object> map(Map<String, Object> map, String key) {
    return (Map<String, Object>) map.get(key);
  }
}
