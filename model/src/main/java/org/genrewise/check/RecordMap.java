package org.genrewise.check;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Records of results as they stand in JSON: one key a component, words joined by underscores. */
public final class RecordMap {
  private RecordMap() {}

  /**
   * A record as a map. An empty Optional is left out; a number that is not finite, which JSON
   * cannot write, is null.
   */
  public static Map<String, Object> of(Record record) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (RecordComponent component : record.getClass().getRecordComponents()) {
      Object value = valueOf(component, record);
      if (!Optional.empty().equals(value)) {
        map.put(key(component.getName()), plain(value));
      }
    }
    return map;
  }

  private static Object valueOf(RecordComponent component, Record record) {
    try {
      component.getAccessor().setAccessible(true);
      return component.getAccessor().invoke(record);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot read " + component, e);
    }
  }

  private static Object plain(Object value) {
    if (value instanceof Record nested) {
      return of(nested);
    }
    if (value instanceof Optional<?> optional) {
      return plain(optional.orElseThrow());
    }
    if (value instanceof List<?> list) {
      List<Object> values = new ArrayList<>();
      list.forEach(element -> values.add(plain(element)));
      return values;
    }
    if (value instanceof Double number) {
      return Double.isFinite(number) ? number : null;
    }
    if (value instanceof Enum<?> constant) {
      return constant.name().toLowerCase(Locale.ROOT);
    }
    return value instanceof Number || value instanceof Boolean ? value : String.valueOf(value);
  }

  /** {@code secondsMedian} is {@code seconds_median}. */
  static String key(String component) {
    return component.replaceAll("(?<=[a-z0-9])([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }
}
