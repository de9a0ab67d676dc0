package org.genrewise.jobs.gpucheck;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.genrewise.check.CheckReport;
import org.genrewise.check.CheckTables;
import org.genrewise.report.Axis;
import org.genrewise.report.Block;
import org.genrewise.report.LineChart;
import org.genrewise.report.Paragraph;
import org.genrewise.report.Report;
import org.genrewise.report.Series;
import org.genrewise.report.Table;

/** A check as a page: a table of the parts, the curves of its trainings, and speed by batch. */
final class GpuCheckPage {
  private static final List<String> PRECISIONS = List.of("float32", "float16");

  private GpuCheckPage() {}

  static Report of(CheckReport check) {
    return Report.titled("GPU check", check.started().toString())
        .section("Parts", parts(check))
        .section(
            "Training of the narrow network",
            course(check, "Loss", Axis.of("cross entropy", "nats"), "loss"),
            course(
                check,
                "Loss scale",
                Axis.of("loss scale", "").reaching(0, Double.NaN),
                "loss_scale"))
        .section("Speed", speed(check, "inference"), speed(check, "training"))
        .section("Errors", errors(check));
  }

  private static Block parts(CheckReport check) {
    return new Table(
        "",
        List.of(
            Table.Column.text("part"),
            Table.Column.text("status"),
            Table.Column.number("seconds"),
            Table.Column.text("what it found")),
        check.parts().stream()
            .map(
                part ->
                    List.of(
                        part.name(),
                        part.status().text(),
                        "%.1f".formatted(part.seconds()),
                        part.summary()))
            .toList());
  }

  private static LineChart course(CheckReport check, String title, Axis axis, String result) {
    List<Series> series = new ArrayList<>();
    for (String precision : PRECISIONS) {
      check
          .part("training-" + precision)
          .map(part -> part.results().get(result))
          .ifPresent(values -> series.add(Series.numbered(precision, numbers(values))));
    }
    return new LineChart(title, Axis.of("step", ""), axis, series);
  }

  /** A number that was not finite is null in the results. */
  private static List<Double> numbers(Object values) {
    return ((List<?>) values)
        .stream()
            .map(value -> value instanceof Number number ? number.doubleValue() : Double.NaN)
            .toList();
  }

  private static LineChart speed(CheckReport check, String work) {
    List<Series> series = new ArrayList<>();
    for (String precision : PRECISIONS) {
      series.add(new Series(precision, points(check, "speed-" + precision, work, Map.of())));
      String theirs = precision.equals("float32") ? "float32" : "mixed";
      series.add(
          new Series(
              "PyTorch " + theirs, points(check, "pytorch", work, Map.of("precision", theirs))));
    }
    return new LineChart(
        "Slices a second, " + work,
        Axis.of("batch", "slices"),
        Axis.of("speed", "slices/s").reaching(0, Double.NaN),
        series.stream().filter(line -> !line.points().isEmpty()).toList());
  }

  private static List<Series.Point> points(
      CheckReport check, String part, String work, Map<String, Object> also) {
    return CheckTables.rows(check, part, "speeds")
        .filter(row -> row.get("work").equals(work) && row.entrySet().containsAll(also.entrySet()))
        .map(
            row ->
                new Series.Point(
                    ((Number) row.get("batch")).doubleValue(),
                    ((Number) row.get("slices_per_second")).doubleValue()))
        .toList();
  }

  private static List<Block> errors(CheckReport check) {
    List<Block> errors = new ArrayList<>();
    check.parts().stream()
        .filter(part -> !part.error().isEmpty())
        .forEach(part -> errors.add(new Paragraph(part.name() + ": " + part.error())));
    return errors.isEmpty() ? List.of(new Paragraph("None.")) : errors;
  }
}
