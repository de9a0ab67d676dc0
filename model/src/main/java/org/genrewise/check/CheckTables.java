package org.genrewise.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.genrewise.check.part.DevicePart;

/** What a check found, as people read it: on a console, and in Markdown. */
public final class CheckTables {
  private static final int MINUTE = 60;
  private static final double GIGABYTE = 1e9;
  private static final int LONGEST_ERROR_LINE = 160;

  private CheckTables() {}

  /** One line of progress. */
  public static String progress(String part, double share, String what, double secondsLeft) {
    String left = Double.isNaN(secondsLeft) ? "" : ", %s left".formatted(duration(secondsLeft));
    return "%s  %.0f %%  %s%s".formatted(part, 100 * share, what, left);
  }

  /** One line of a part: status, time, what it found, or the beginning of its error. */
  public static String line(PartReport part) {
    return String.format(
            Locale.ROOT,
            "%-25s %-8s %9s  %s",
            part.name(),
            part.status().text(),
            part.seconds() == 0 ? "" : duration(part.seconds()),
            told(part))
        .stripTrailing();
  }

  private static String told(PartReport part) {
    String error = part.error().lines().findFirst().orElse("");
    String cut =
        error.length() > LONGEST_ERROR_LINE
            ? error.substring(0, LONGEST_ERROR_LINE) + " ..."
            : error;
    return part.summary().isEmpty() || cut.isEmpty()
        ? part.summary() + cut
        : part.summary() + "; " + cut;
  }

  /** A line for each part. */
  public static String text(CheckReport report) {
    StringBuilder text = new StringBuilder();
    report.parts().forEach(part -> text.append(line(part)).append('\n'));
    return text.toString();
  }

  private static String duration(double seconds) {
    return seconds < MINUTE
        ? String.format(Locale.ROOT, "%.1f s", seconds)
        : String.format(
            Locale.ROOT, "%d min %02d s", (long) seconds / MINUTE, (long) seconds % MINUTE);
  }

  /** Tables of all parts, of speed, of memory and of files. */
  public static String markdown(CheckReport report) {
    StringBuilder text = new StringBuilder();
    CheckSettings settings = CheckSettings.parse(report.arguments());
    text.append(
        "`gpu-check` of %s: width %s, %d x %d, device %s, files of %s s.\n\n"
            .formatted(
                report.started(),
                settings.width(),
                settings.inputSize(),
                settings.inputSize(),
                text(report, DevicePart.NAME, "device"),
                settings.fileSeconds()));
    table(
        text,
        List.of("part", "", "time", "what it found"),
        report.parts().stream()
            .map(
                part ->
                    List.of(
                        part.name(),
                        part.status().text(),
                        part.seconds() == 0 ? "" : duration(part.seconds()),
                        told(part)))
            .toList());
    table(text, speedHeader(), speeds(report));
    table(
        text,
        List.of("peak of memory", "batch", "GPU", "process"),
        report.parts().stream()
            .filter(part -> part.name().startsWith("memory-") && part.status() == PartStatus.OK)
            .map(part -> memory(part.results()))
            .toList());
    table(
        text,
        List.of("files to labels", "files", "seconds (median)", "article: CPU, FP32, mixed"),
        Stream.of("files-float32", "files-float16")
            .flatMap(name -> rows(report, name, "files").map(row -> files(name, row)))
            .toList());
    return text.toString();
  }

  private static List<String> speedHeader() {
    return List.of("slices a second (median)", "batch", "this project", "PyTorch", "ratio");
  }

  private static List<List<String>> speeds(CheckReport report) {
    List<List<String>> table = new ArrayList<>();
    for (String precision : List.of("float32", "float16")) {
      rows(report, "speed-" + precision, "speeds")
          .forEach(row -> table.add(speed(report, precision, row)));
    }
    return table;
  }

  private static List<String> speed(CheckReport report, String precision, Map<String, Object> row) {
    double ours = number(row, "slices_per_second");
    String theirPrecision = precision.equals("float32") ? "float32" : "mixed";
    Optional<Double> theirs =
        rows(report, "pytorch", "speeds")
            .filter(other -> areOfOneKind(report))
            .filter(other -> theirPrecision.equals(other.get("precision")))
            .filter(other -> row.get("work").equals(other.get("work")))
            .filter(other -> row.get("batch").equals(other.get("batch")))
            .map(other -> number(other, "slices_per_second"))
            .findFirst();
    return List.of(
        row.get("work") + ", " + precision,
        row.get("batch").toString(),
        decimals(ours),
        theirs.map(CheckTables::decimals).orElse(""),
        theirs.map(rate -> decimals(ours / rate)).orElse(""));
  }

  /** Nobody compares a GPU with a CPU by mistake. */
  private static boolean areOfOneKind(CheckReport report) {
    return text(report, "pytorch", "kind").equals(text(report, DevicePart.NAME, "kind"));
  }

  private static String text(CheckReport report, String part, String result) {
    return report
        .part(part)
        .map(found -> found.results().get(result))
        .map(Object::toString)
        .orElse("unknown");
  }

  private static List<String> memory(Map<String, Object> row) {
    return List.of(
        row.get("work") + ", " + row.get("precision"),
        row.get("batch").toString(),
        row.containsKey("device_peak_bytes") ? gigabytes(row, "device_peak_bytes") : "",
        gigabytes(row, "process_bytes"));
  }

  private static String gigabytes(Map<String, Object> row, String key) {
    return decimals(number(row, key) / GIGABYTE) + " GB";
  }

  private static List<String> files(String part, Map<String, Object> row) {
    int count = ((Number) row.get("files")).intValue();
    return List.of(
        part.substring("files-".length()),
        Integer.toString(count),
        decimals(number(row, "seconds_median")),
        article(count));
  }

  /** The seconds that the speed-up article claims, in PyTorch on machines of its own. */
  private static String article(int files) {
    return switch (files) {
      case 1 -> "3.2, 0.8, 0.4";
      case 10 -> "32.1, 5.2, 2.1";
      case 100 -> "320, 48, 19";
      default -> "";
    };
  }

  /** Rows of a result of a part that is there. */
  @SuppressWarnings("unchecked")
  public static Stream<Map<String, Object>> rows(CheckReport report, String part, String result) {
    return report
        .part(part)
        .map(found -> found.results().get(result))
        .map(rows -> ((List<Map<String, Object>>) rows).stream())
        .orElse(Stream.empty());
  }

  private static double number(Map<String, Object> row, String key) {
    return ((Number) row.get(key)).doubleValue();
  }

  private static String decimals(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }

  private static void table(StringBuilder text, List<String> header, List<List<String>> rows) {
    if (rows.isEmpty()) {
      return;
    }
    row(text, header);
    row(text, header.stream().map(name -> "---").toList());
    rows.forEach(row -> row(text, row));
    text.append('\n');
  }

  private static void row(StringBuilder text, List<String> cells) {
    text.append("| ")
        .append(String.join(" | ", cells.stream().map(CheckTables::cell).toList()))
        .append(" |\n");
  }

  private static String cell(String text) {
    return text.replace("|", "\\|").replace('\n', ' ');
  }
}
