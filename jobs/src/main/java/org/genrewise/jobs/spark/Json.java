package org.genrewise.jobs.spark;

import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValueFactory;
import java.util.Map;

/** Writes the small JSON files that runs leave. */
public final class Json {
  private static final ConfigRenderOptions OPTIONS =
      ConfigRenderOptions.concise().setFormatted(true);

  private Json() {}

  /** JSON of maps, lists, numbers, texts and booleans; keys in alphabetical order. */
  public static String of(Map<String, ?> values) {
    return ConfigValueFactory.fromMap(values).render(OPTIONS) + "\n";
  }
}
