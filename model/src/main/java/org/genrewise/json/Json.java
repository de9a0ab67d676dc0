package org.genrewise.json;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigSyntax;
import com.typesafe.config.ConfigValueFactory;
import java.util.Map;

/** Strict JSON, from sources that are not trusted. */
public final class Json {
  private static final int DEEPEST = 16;

  private Json() {}

  /**
   * Reads an object.
   *
   * @param name what messages call the source
   * @throws IllegalArgumentException if the text is not JSON, or nested too deep
   */
  public static Config parse(String name, String text) {
    requireShallow(name, text);
    try {
      return ConfigFactory.parseString(
          text,
          ConfigParseOptions.defaults().setSyntax(ConfigSyntax.JSON).setOriginDescription(name));
    } catch (ConfigException e) {
      throw new IllegalArgumentException(name + " is not JSON: " + e.getMessage(), e);
    }
  }

  public static String render(Map<String, ?> object) {
    return ConfigValueFactory.fromMap(object)
        .render(ConfigRenderOptions.concise().setFormatted(true));
  }

  public static String renderCompact(Map<String, ?> object) {
    return ConfigValueFactory.fromMap(object).render(ConfigRenderOptions.concise());
  }

  /** The parser is recursive: brackets without end would end in a stack overflow. */
  private static void requireShallow(String name, String text) {
    // The parser takes three quotes for the beginning of a text of many lines, which JSON has not.
    if (text.contains("\"\"\"")) {
      throw new IllegalArgumentException(name + " is not JSON: it has three quotes in a row");
    }
    int depth = 0;
    boolean inString = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (inString) {
        if (c == '\\') {
          i++;
        } else if (c == '"') {
          inString = false;
        }
      } else if (c == '"') {
        inString = true;
      } else if (c == '{' || c == '[') {
        if (++depth > DEEPEST) {
          throw new IllegalArgumentException(name + " is nested more than " + DEEPEST + " deep");
        }
      } else if (c == '}' || c == ']') {
        depth--;
      }
    }
  }
}
