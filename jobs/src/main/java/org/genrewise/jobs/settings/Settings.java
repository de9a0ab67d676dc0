package org.genrewise.jobs.settings;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.genrewise.jobs.cli.UserException;

/** The values of a verb's settings for one run. */
public final class Settings {
  private final Map<String, String> values;

  Settings(Map<String, String> values) {
    this.values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /**
   * The value of a setting.
   *
   * @throws UserException if its text cannot be read
   */
  public <T> T value(Setting<T> setting) {
    String text = values.get(setting.name());
    if (text == null) {
      throw new IllegalStateException("not a setting of this verb: " + setting.name());
    }
    try {
      return setting.parser().apply(text);
    } catch (IllegalArgumentException e) {
      throw new UserException(
          "setting %s = '%s': %s".formatted(setting.name(), text, e.getMessage()), e);
    }
  }

  /** Name and text of every setting, as resolved. */
  public Map<String, String> asMap() {
    return values;
  }

  /**
   * Makes a settings record, and turns its refusal of a value into the user's error.
   *
   * @throws UserException if the record's constructor throws IllegalArgumentException
   */
  public static <T> T validated(Supplier<T> constructor) {
    try {
      return constructor.get();
    } catch (IllegalArgumentException e) {
      throw new UserException(e.getMessage(), e);
    }
  }
}
