package org.genrewise.jobs.benchmark;

import static org.genrewise.report.Table.Column.number;
import static org.genrewise.report.Table.Column.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.genrewise.jobs.model.Engine;
import org.genrewise.report.Block;
import org.genrewise.report.Paragraph;
import org.genrewise.report.Report;
import org.genrewise.report.Table;

/** The four tables of a benchmark of files. */
final class FilesTables {
  private static final double GIGABYTE = 1e9;

  private FilesTables() {}

  /** One line: processor, cores, memory, device, engine. */
  static String machine(Map<String, Object> machine) {
    Map<String, Object> software = Values.map(machine, "software");
    return "%s, %d cores, %.0f GB, %s; device %s; genrewise %s, Java %s, ND4J %s%s%s"
        .formatted(
            Values.text(machine, "processor"),
            Values.whole(software, "cores"),
            Values.number(software, "machine_bytes") / GIGABYTE,
            Values.text(software, "system"),
            Values.text(machine, "device"),
            Values.text(software, "program"),
            Values.text(software, "java"),
            Values.text(software, "nd4j"),
            Boolean.TRUE.equals(software.get("one_dnn")) ? " with oneDNN" : "",
            Values.optionalText(software, "driver").map(d -> ", driver " + d).orElse(""));
  }

  /** One line: how many files, what was left out. */
  static String files(FilesReport report) {
    PreparedFiles files = report.files();
    return "%,d of %,d files in %s, %,d of them unusable; %,.0f s of audio, %,d slices, decoded and transformed in %.1f s"
        .formatted(
            files.tracks().size() + files.failures().size(),
            report.found(),
            report.request().folder(),
            files.failures().size(),
            files.tracks().stream().mapToDouble(PreparedTrack::seconds).sum(),
            files.tracks().stream().mapToInt(PreparedTrack::slices).sum(),
            files.seconds());
  }

  /** The tables of the stages that ended well; a stage that was left out has none. */
  static List<Table> of(FilesReport report) {
    return Stream.of(labels(report), epochs(report), memory(report), accuracy(report))
        .filter(table -> !table.rows().isEmpty())
        .toList();
  }

  /** A page with the tables. */
  static Report page(FilesReport report) {
    List<Block> blocks = new ArrayList<>(of(report));
    report.leftOut().forEach((stage, why) -> blocks.add(paragraph("No table of " + stage, why)));
    report
        .failed()
        .forEach(stage -> blocks.add(paragraph(stage.name() + " failed", stage.error())));
    return Report.titled("Benchmark of files", report.started().toString())
        .section(
            "What was measured",
            new Paragraph(machine(report.machine())),
            new Paragraph(files(report)))
        .section("Tables", blocks);
  }

  private static Paragraph paragraph(String what, String why) {
    return new Paragraph(what + ": " + why);
  }

  private static Table labels(FilesReport report) {
    FilesSettings settings = report.request().settings();
    List<List<String>> rows = new ArrayList<>();
    for (StageResult stage : report.ok(Stages.LABEL)) {
      for (Map<String, Object> row : Values.rows(stage.results(), "rows")) {
        rows.add(
            row(
                stage,
                "%,d".formatted(Values.whole(row, "files")),
                decimals(3, Values.number(row, "seconds_median")),
                decimals(3, Values.number(row, "seconds_minimum")),
                decimals(3, Values.number(row, "seconds_per_file")),
                decimals(1, Values.number(row, "times_real_time"))));
      }
    }
    return new Table(
        "From files to labels: decode, transform, picture, network of width %s at %d x %d with random weights"
            .formatted(settings.width(), settings.inputSize(), settings.inputSize()),
        columns("files", "median (s)", "minimum (s)", "a file (s)", "times real time"),
        rows);
  }

  private static Table epochs(FilesReport report) {
    FilesSettings settings = report.request().settings();
    return new Table(
        "One epoch of training: width %s at %d x %d, batches of %d, SGD with momentum"
            .formatted(
                settings.width(), settings.inputSize(), settings.inputSize(), settings.batchSize()),
        columns("slices", "of", "time (s)", "slices/s", "loss (nats)"),
        report.ok(Stages.EPOCH).stream()
            .map(
                stage ->
                    row(
                        stage,
                        "%,d".formatted(Values.whole(stage.results(), "slices")),
                        "%,d".formatted(Values.whole(stage.results(), "slices_of_all")),
                        decimals(1, Values.number(stage.results(), "seconds")),
                        decimals(2, Values.number(stage.results(), "slices_per_second")),
                        Values.optional(stage.results(), "loss")
                            .map(l -> decimals(4, l))
                            .orElse("")))
            .toList());
  }

  private static Table memory(FilesReport report) {
    return new Table(
        "Peak of memory, each stage in a process of its own; of the GPU all processes together",
        columns("stage", "process (GB)", "GPU before (GB)", "GPU (GB)"),
        report.stages().stream()
            .filter(StageResult::isOk)
            .map(
                stage -> {
                  Map<String, Object> memory = Values.map(stage.results(), "memory");
                  return row(
                      stage,
                      stage.stage(),
                      gigabytes(memory, "process_peak_bytes"),
                      gigabytes(memory, "gpu_bytes_before"),
                      gigabytes(memory, "gpu_peak_bytes"));
                })
            .toList());
  }

  private static Table accuracy(FilesReport report) {
    AccuracySettings settings = report.request().settings().accuracy();
    return new Table(
        "Accuracy on files that training never saw: width %s at %d x %d, %d epochs, AdamW; means of %d trainings, standard errors by the number of files"
            .formatted(
                settings.width(),
                settings.inputSize(),
                settings.inputSize(),
                settings.epochs(),
                settings.runs()),
        columns("test files", "files right", "+/-", "slices right", "chance", "a training (s)"),
        report.ok(Stages.ACCURACY).stream().map(FilesTables::accuracy).toList());
  }

  private static List<String> accuracy(StageResult stage) {
    List<Map<String, Object>> runs = Values.rows(stage.results(), "runs");
    double tests = runs.stream().mapToDouble(run -> Values.number(run, "test_tracks")).sum();
    double tracks = mean(runs, "track_accuracy");
    return row(
        stage,
        "%,.0f".formatted(tests),
        decimals(3, tracks),
        decimals(3, Math.sqrt(tracks * (1 - tracks) / tests)),
        decimals(3, mean(runs, "slice_accuracy")),
        decimals(3, Values.number(stage.results(), "chance")),
        decimals(1, mean(runs, "seconds")));
  }

  private static double mean(List<Map<String, Object>> runs, String key) {
    return runs.stream().mapToDouble(run -> Values.number(run, key)).average().orElse(Double.NaN);
  }

  /** Device and precision stand before the others; "stage" is text. */
  private static List<Table.Column> columns(String... names) {
    return Stream.concat(
            Stream.of(text("device"), text("precision")),
            Stream.of(names).map(name -> name.equals("stage") ? text(name) : number(name)))
        .toList();
  }

  private static List<String> row(StageResult stage, String... cells) {
    return Stream.concat(
            Stream.of(stage.run().device().text(), Engine.precision(stage.run().precision())),
            Stream.of(cells))
        .toList();
  }

  private static String gigabytes(Map<String, Object> memory, String key) {
    Optional<Double> bytes = Values.optional(memory, key);
    return bytes.map(b -> decimals(2, b / GIGABYTE)).orElse("");
  }

  private static String decimals(int count, double value) {
    return String.format(Locale.ROOT, "%." + count + "f", value);
  }
}
