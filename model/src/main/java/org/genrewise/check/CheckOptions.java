package org.genrewise.check;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Texts of options as values of their types. */
record CheckOptions(Map<CheckOption, List<String>> given) {

  /** What was given last, or the default. */
  String text(CheckOption option) {
    List<String> texts = given.getOrDefault(option, List.of());
    return texts.isEmpty() ? option.standard() : texts.get(texts.size() - 1);
  }

  <T> T read(CheckOption option, Function<String, T> reader) {
    String text = text(option);
    try {
      return reader.apply(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "%s must be %s, not '%s'".formatted(option.text(), option.label(), text), e);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(option.text() + ": " + e.getMessage(), e);
    }
  }

  int whole(CheckOption option) {
    return read(option, Integer::parseInt);
  }

  double number(CheckOption option) {
    return read(option, Double::parseDouble);
  }

  List<Integer> wholes(CheckOption option) {
    return read(
        option,
        text -> Arrays.stream(text.split(",")).map(String::strip).map(Integer::valueOf).toList());
  }

  Optional<Path> path(CheckOption option) {
    return Optional.of(text(option)).filter(text -> !text.isEmpty()).map(Path::of);
  }
}
