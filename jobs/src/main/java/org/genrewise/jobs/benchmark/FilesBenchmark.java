package org.genrewise.jobs.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.genrewise.check.JsonFile;
import org.genrewise.device.DeviceChoice;
import org.genrewise.jobs.cli.Console;
import org.genrewise.jobs.cli.UserException;
import org.genrewise.jobs.library.Track;
import org.genrewise.jobs.spark.TemporaryFolder;
import org.genrewise.network.Precision;
import org.genrewise.training.Split;

/**
 * Measures what becomes of a folder of files: labels of 1, 10 and 100 of them, one epoch of
 * training, memory, accuracy; on every device and in every precision that there is. Each stage has
 * a process of its own, and what is known is written whenever one has ended.
 */
final class FilesBenchmark {
  private static final int SHOWN_FAILURES = 3;
  private static final int FEWEST_LABELS = 2;

  private final Console console;
  private final FilesRequest request;

  FilesBenchmark(Console console, FilesRequest request) {
    this.console = console;
    this.request = request;
  }

  /**
   * Runs all stages.
   *
   * @return what they found; stages that failed are in it
   * @throws UserException if there are no files to measure, or the device cannot be had
   */
  FilesReport run() throws IOException {
    Instant started = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    FilesLibrary library = FilesLibrary.of(request);
    try (TemporaryFolder folder = TemporaryFolder.create("genrewise-benchmark")) {
      StageProcess process = new StageProcess(folder.path(), console::progress);
      JsonFile.write(StageFiles.settings(folder.path()), request.values());
      JsonFile.write(
          StageFiles.tracks(folder.path()),
          Map.of("tracks", library.tracks().stream().map(FilesBenchmark::map).toList()));
      Map<String, Object> machine = needed(process, Stages.MACHINE, request.device());
      tell(machine);
      PreparedFiles files = prepare(process, library);
      FilesReport report =
          new FilesReport(
              started, request, library.found(), machine, files, leftOut(files), List.of());
      write(report);
      return stages(process, report);
    }
  }

  private static Map<String, Object> map(Track track) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("path", track.path());
    Optional.ofNullable(track.label()).ifPresent(label -> map.put("label", label));
    Optional.ofNullable(track.group()).ifPresent(group -> map.put("group", group));
    return map;
  }

  private static Map<String, Object> needed(StageProcess process, String stage, DeviceChoice device)
      throws IOException {
    try {
      return process.run(stage, device, Precision.FLOAT32);
    } catch (StageFailedException e) {
      if (e.usersFault()) {
        throw new UserException(e.getMessage(), e);
      }
      throw new IllegalStateException("the stage %s failed: %s".formatted(stage, e.getMessage()));
    }
  }

  private void tell(Map<String, Object> machine) {
    if (!Values.text(machine, "reason").isEmpty()) {
      console.note(Values.text(machine, "reason"));
    }
    console.note(FilesTables.machine(machine));
  }

  private PreparedFiles prepare(StageProcess process, FilesLibrary library) throws IOException {
    console.note(
        "decoding and transforming %,d of %,d files"
            .formatted(library.tracks().size(), library.found()));
    Map<String, Object> found = needed(process, Stages.PREPARE, DeviceChoice.CPU);
    Files.move(
        StageFiles.result(process.folder()),
        StageFiles.prepared(process.folder()),
        StandardCopyOption.REPLACE_EXISTING);
    PreparedFiles files = PreparedFiles.of(found);
    files.failures().stream()
        .limit(SHOWN_FAILURES)
        .forEach(
            failure ->
                console.note("left out: %s: %s".formatted(failure.path(), failure.message())));
    if (files.tracks().isEmpty()) {
      throw new UserException(
          "none of %,d files can be used; the first, %s: %s"
              .formatted(
                  files.failures().size(),
                  files.failures().get(0).path(),
                  files.failures().get(0).message()));
    }
    if (files.failures().size() > SHOWN_FAILURES) {
      console.note("left out: %,d files in all".formatted(files.failures().size()));
    }
    if (files.tracks().size() < request.settings().mostFiles()) {
      console.note(
          "%,d files are asked for, and there are %,d; rows of more have these"
              .formatted(request.settings().mostFiles(), files.tracks().size()));
    }
    return files;
  }

  /** Which stages these files are not enough for, and why. */
  private Map<String, String> leftOut(PreparedFiles files) {
    Map<String, String> reasons = new LinkedHashMap<>();
    int labels = files.classes().size();
    if (labels < FEWEST_LABELS) {
      String reason =
          "training needs files of at least 2 labels, these have %d; lay them out as LABEL/track.*, or give a --manifest with labels"
              .formatted(labels);
      reasons.put(Stages.EPOCH, reason);
      reasons.put(Stages.ACCURACY, reason);
    } else if (request.settings().accuracy().runs() == 0) {
      reasons.put(Stages.ACCURACY, "accuracy-runs is 0");
    } else {
      emptyPart(files).ifPresent(reason -> reasons.put(Stages.ACCURACY, reason));
    }
    reasons.forEach((stage, reason) -> console.note("no table of %s: %s".formatted(stage, reason)));
    return reasons;
  }

  private Optional<String> emptyPart(PreparedFiles files) {
    AccuracySettings accuracy = request.settings().accuracy();
    for (int run = 0; run < accuracy.runs(); run++) {
      Split split = files.split(accuracy.split(run));
      for (Split.Part part : Split.Part.values()) {
        if (split.tracks(part).isEmpty()) {
          return Optional.of(
              "a split of these files has none for %s; give more files, or larger shares"
                  .formatted(part.name().toLowerCase(Locale.ROOT)));
        }
      }
    }
    return Optional.empty();
  }

  private FilesReport stages(StageProcess process, FilesReport start) throws IOException {
    List<Combination> combinations =
        Combination.of(
            request.device(),
            Values.text(start.machine(), "kind").equals(DeviceChoice.CUDA.text()),
            request.settings().cpuFloat16());
    List<String> names = new ArrayList<>(List.of(Stages.LABEL, Stages.EPOCH, Stages.ACCURACY));
    names.removeAll(start.leftOut().keySet());
    FilesReport report = start;
    int number = 0;
    for (String stage : names) {
      for (Combination combination : combinations) {
        console.note(
            "[%d/%d] %s, %s"
                .formatted(
                    ++number, names.size() * combinations.size(), stage, combination.text()));
        report = report.with(run(process, stage, combination));
        write(report);
      }
    }
    return report;
  }

  private StageResult run(StageProcess process, String stage, Combination on) throws IOException {
    try {
      return new StageResult(stage, on, process.run(stage, on.device(), on.precision()), "", false);
    } catch (StageFailedException e) {
      console.note("failed: " + e.getMessage());
      return new StageResult(stage, on, Map.of(), e.getMessage(), e.usersFault());
    }
  }

  private void write(FilesReport report) {
    try {
      if (request.json().isPresent()) {
        JsonFile.write(request.json().get(), report.asMap());
      }
      if (request.report().isPresent()) {
        FilesTables.page(report).write(request.report().get());
      }
    } catch (IOException e) {
      Path file = request.json().or(request::report).orElseThrow();
      throw new UserException("%s cannot be written: %s".formatted(file, e), e);
    }
  }
}
