package org.genrewise.check;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * Checks a machine part by part, each in a process of its own, and writes what is known whenever
 * that changes. What fails, crashes or hangs costs its own results and those of what needs them.
 */
public final class GpuCheck {
  /** An estimate by less would jump about. */
  private static final double LEAST_SHARE = 0.05;

  private final CheckSettings settings;
  private final List<CheckPart> parts;
  private final Class<?> main;
  private String refusal = "";

  /** All parts that the settings name. */
  public GpuCheck(CheckSettings settings) {
    this(settings, CheckParts.ALL, PartMain.class);
  }

  /**
   * @param all to choose from
   * @param main of the processes; knows the same parts
   */
  GpuCheck(CheckSettings settings, List<CheckPart> all, Class<?> main) {
    this.settings = settings;
    this.parts = CheckParts.chosen(all, settings.parts());
    this.main = main;
  }

  /**
   * Runs the parts.
   *
   * @throws IOException if the results cannot be written
   */
  public CheckReport run(CheckListener listener) throws IOException {
    Path folder = Files.createTempDirectory("genrewise-check");
    CheckReport report =
        CheckReport.of(
            Instant.now().truncatedTo(ChronoUnit.SECONDS),
            settings.arguments(),
            parts.stream().map(CheckPart::name).toList());
    try {
      report = write(report);
      for (int i = 0; i < parts.size(); i++) {
        CheckPart part = parts.get(i);
        listener.partBegan(part.name(), i + 1, parts.size());
        PartReport ended = run(part, report, folder, listener);
        report = write(report.with(ended));
        listener.partEnded(ended);
      }
    } finally {
      clear(folder);
    }
    return report;
  }

  private PartReport run(CheckPart part, CheckReport report, Path folder, CheckListener listener)
      throws IOException {
    String obstacle =
        part.isOnDevice() && !refusal.isEmpty() ? refusal : report.obstacle(part.needs());
    if (!obstacle.isEmpty()) {
      return PartReport.skipped(part.name(), obstacle);
    }
    PartReport ended = process(part, report, folder, listener);
    if (part.isOnDevice() && ended.status() == PartStatus.FAILED && ended.usersFault()) {
      refusal = "%s failed: %s".formatted(part.name(), ended.error());
    }
    return ended;
  }

  private PartReport process(
      CheckPart part, CheckReport report, Path folder, CheckListener listener) throws IOException {
    long begin = System.nanoTime();
    return new PartProcess(main, settings, folder)
        .run(
            part.name(),
            (share, what) -> listener.progressed(part.name(), share, what, left(begin, share)),
            found -> write(report.with(found)));
  }

  private static double left(long begin, double share) {
    double seconds = (System.nanoTime() - begin) / 1e9;
    return share < LEAST_SHARE ? Double.NaN : seconds * (1 - share) / share;
  }

  private CheckReport write(CheckReport report) throws IOException {
    JsonFile.write(settings.json(), report.asMap());
    if (settings.markdown().isPresent()) {
      JsonFile.write(settings.markdown().get(), CheckTables.markdown(report));
    }
    return report;
  }

  /** Deletes a folder that parts shared. */
  static void clear(Path folder) {
    try {
      delete(folder);
    } catch (IOException e) {
      // what is left of a temporary folder is no reason to lose a report
    }
  }

  private static void delete(Path folder) throws IOException {
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path directory, IOException fault)
              throws IOException {
            Files.delete(directory);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
