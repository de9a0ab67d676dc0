package org.genrewise.check;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is known of a machine.
 *
 * @param started when the check began
 * @param arguments that it was started with, all of them
 * @param parts in the order in which they run
 */
public record CheckReport(Instant started, List<String> arguments, List<PartReport> parts) {
  private static final int FORMAT = 1;

  public CheckReport {
    arguments = List.copyOf(arguments);
    parts = List.copyOf(parts);
  }

  static CheckReport of(Instant started, List<String> arguments, List<String> parts) {
    return new CheckReport(started, arguments, parts.stream().map(PartReport::waiting).toList());
  }

  /** With one part as it is now. */
  CheckReport with(PartReport part) {
    List<PartReport> all = new ArrayList<>(parts);
    all.replaceAll(before -> before.name().equals(part.name()) ? part : before);
    return new CheckReport(started, arguments, all);
  }

  /** A part by its name; empty if it was not chosen. */
  public Optional<PartReport> part(String name) {
    return parts.stream().filter(part -> part.name().equals(name)).findFirst();
  }

  /** Why a part that needs another one cannot run; empty if it can. */
  String obstacle(String needed) {
    return part(needed)
        .filter(part -> part.status() != PartStatus.OK)
        .map(part -> "it needs %s, which is %s".formatted(needed, part.status().text()))
        .orElse("");
  }

  /** Whether no part failed. */
  public boolean isOk() {
    return failed().findAny().isEmpty();
  }

  /** 0 if nothing failed, 2 if all that failed is the user's to mend, else 3. */
  public int exitCode() {
    if (isOk()) {
      return 0;
    }
    return failed().allMatch(PartReport::usersFault) ? 2 : 3;
  }

  private Stream<PartReport> failed() {
    return parts.stream().filter(part -> part.status() == PartStatus.FAILED);
  }

  Map<String, Object> asMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("format", FORMAT);
    map.put("started", started.toString());
    map.put("arguments", arguments);
    map.put("parts", parts.stream().map(PartReport::asMap).toList());
    return map;
  }
}
