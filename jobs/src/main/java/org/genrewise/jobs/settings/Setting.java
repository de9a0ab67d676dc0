package org.genrewise.jobs.settings;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * One setting of a job: its name, default, unit and meaning stand here and nowhere else.
 *
 * @param name as it stands in configuration files, for example {@code batch-size}
 * @param defaultText the default, as it would stand in a configuration file
 * @param unit of the value, or its domain: {@code "s"}, {@code "Hz"}, {@code "0 to 1"}
 * @param description one line
 * @param parser from the text of a value; throws IllegalArgumentException with a reason
 */
public record Setting<T>(
    String name, String defaultText, String unit, String description, Function<String, T> parser) {

  public static Setting<Integer> whole(
      String name, int defaultValue, String unit, String description) {
    return new Setting<>(
        name, Integer.toString(defaultValue), unit, description, Setting::parseInt);
  }

  public static Setting<Long> seed(String name, long defaultValue, String description) {
    return new Setting<>(
        name, Long.toString(defaultValue), "whole number", description, Setting::parseLong);
  }

  public static Setting<Double> number(
      String name, double defaultValue, String unit, String description) {
    String text =
        defaultValue == Math.rint(defaultValue)
            ? Long.toString((long) defaultValue)
            : Double.toString(defaultValue);
    return new Setting<>(name, text, unit, description, Setting::parseDouble);
  }

  public static Setting<String> text(
      String name, String defaultValue, String unit, String description) {
    return new Setting<>(name, defaultValue, unit, description, Function.identity());
  }

  public static Setting<Boolean> flag(String name, String description) {
    return new Setting<>(name, "false", "true | false", description, Setting::parseBoolean);
  }

  /** One of the constants of an enum, in lower case and with dashes. */
  public static <E extends Enum<E>> Setting<E> choice(
      String name, Class<E> type, E defaultValue, String description) {
    List<String> names = Arrays.stream(type.getEnumConstants()).map(Setting::text).toList();
    return new Setting<>(
        name,
        text(defaultValue),
        String.join(" | ", names),
        description,
        text -> {
          int index = names.indexOf(text.strip().toLowerCase(Locale.ROOT));
          if (index < 0) {
            throw new IllegalArgumentException("must be one of " + String.join(", ", names));
          }
          return type.getEnumConstants()[index];
        });
  }

  Setting<T> withDefault(String text) {
    return new Setting<>(name, text, unit, description, parser);
  }

  private static String text(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static int parseInt(String text) {
    try {
      return Integer.parseInt(text.strip());
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("must be a whole number", e);
    }
  }

  private static long parseLong(String text) {
    try {
      return Long.parseLong(text.strip());
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("must be a whole number", e);
    }
  }

  private static double parseDouble(String text) {
    try {
      double value = Double.parseDouble(text.strip());
      if (Double.isFinite(value)) {
        return value;
      }
    } catch (NumberFormatException e) {
      // told below, as for NaN
    }
    throw new IllegalArgumentException("must be a number");
  }

  private static boolean parseBoolean(String text) {
    return switch (text.strip()) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("must be true or false");
    };
  }
}
