package org.genrewise.jobs.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.genrewise.jobs.cli.Nearest;
import org.genrewise.jobs.cli.UserException;

/** All settings of one verb, in the order in which help shows them. */
public final class SettingsSchema {
  private final Map<String, Setting<?>> settings = new LinkedHashMap<>();

  public SettingsSchema(List<Setting<?>> settings) {
    for (Setting<?> setting : settings) {
      if (this.settings.put(setting.name(), setting) != null) {
        throw new IllegalArgumentException("two settings are named " + setting.name());
      }
    }
  }

  /** This schema and, after it, the settings of another. */
  public SettingsSchema and(SettingsSchema other) {
    List<Setting<?>> all = new ArrayList<>(settings.values());
    all.addAll(other.settings.values());
    return new SettingsSchema(all);
  }

  /** This schema with other defaults for some settings. */
  public SettingsSchema withDefaults(Map<String, String> defaults) {
    defaults.keySet().forEach(name -> requireKnown(name, "defaults"));
    return new SettingsSchema(
        settings.values().stream()
            .<Setting<?>>map(s -> s.withDefault(defaults.getOrDefault(s.name(), s.defaultText())))
            .toList());
  }

  public List<Setting<?>> settings() {
    return List.copyOf(settings.values());
  }

  /**
   * Values by precedence: assignments over the file over the defaults.
   *
   * @param file a HOCON file, or empty
   * @param assignments each {@code key=value}
   * @throws UserException for an unknown key, a value that cannot be read, or an unreadable file
   */
  public Settings resolve(Optional<Path> file, List<String> assignments) {
    Map<String, String> values = new LinkedHashMap<>();
    settings.values().forEach(s -> values.put(s.name(), s.defaultText()));
    file.ifPresent(path -> values.putAll(read(path)));
    for (String assignment : assignments) {
      int equals = assignment.indexOf('=');
      if (equals < 1) {
        throw new UserException("--set needs KEY=VALUE, not '%s'".formatted(assignment));
      }
      String key = assignment.substring(0, equals).strip();
      requireKnown(key, "--set");
      values.put(key, assignment.substring(equals + 1).strip());
    }
    return new Settings(values);
  }

  private Map<String, String> read(Path path) {
    if (!Files.isReadable(path)) {
      throw new UserException(
          "the configuration file %s %s; conf/ has one for each verb"
              .formatted(path, Files.exists(path) ? "cannot be read" : "does not exist"));
    }
    try {
      Config config =
          ConfigFactory.parseFile(
                  path.toFile(), ConfigParseOptions.defaults().setAllowMissing(false))
              .resolve();
      Map<String, String> values = new LinkedHashMap<>();
      config
          .root()
          .forEach(
              (key, value) -> {
                requireKnown(key, path.toString());
                values.put(key, text(value.unwrapped()));
              });
      return values;
    } catch (ConfigException e) {
      throw new UserException(
          "the configuration file %s is not HOCON: %s".formatted(path, e.getMessage()), e);
    }
  }

  private static String text(Object value) {
    return value instanceof List<?> list
        ? String.join(",", list.stream().map(Object::toString).toList())
        : String.valueOf(value);
  }

  private void requireKnown(String key, String where) {
    if (!settings.containsKey(key)) {
      String question = Nearest.question(key, settings.keySet());
      throw new UserException(
          "%s: there is no setting '%s'%s %s"
              .formatted(
                  where,
                  key,
                  question.isEmpty() ? "; there are:" : question + " There are:",
                  String.join(", ", settings.keySet())));
    }
  }
}
