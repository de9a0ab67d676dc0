package org.genrewise.check.part;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.genrewise.check.CheckPart;
import org.genrewise.check.CheckSettings;
import org.genrewise.check.PartContext;
import org.genrewise.check.measure.FilesRun;
import org.genrewise.check.measure.SyntheticMusic;
import org.genrewise.device.Device;
import org.genrewise.extraction.FeatureSettings;
import org.genrewise.inference.Labeller;
import org.genrewise.network.Precision;

/**
 * Seconds from files to labels, as the speed-up article has them: of 1, 10 and 100 files. Files are
 * read and transformed on all cores while one network labels, as the verb label does it.
 */
public final class FilesPart implements CheckPart {
  private static final int DISTINCT = 10;
  private static final int RUNS = 3;
  private static final int LONG = 50;

  private final Precision precision;

  /** What was measured, and how. */
  record Found(
      String width,
      int inputSize,
      double fileSeconds,
      String format,
      int batch,
      int readingThreads,
      double firstFileSeconds,
      List<Seconds> files) {}

  /** One row of the table; long ones are run once. */
  record Seconds(int files, int runs, double secondsMinimum, double secondsMedian) {}

  public FilesPart(Precision precision) {
    this.precision = precision;
  }

  @Override
  public String name() {
    return Names.of("files", precision);
  }

  @Override
  public void run(PartContext context) throws Exception {
    CheckSettings settings = context.settings();
    Device.Kind device = context.decideDevice().device().kind();
    List<Path> files = write(context.folder(), settings.fileSeconds());
    List<String> classes =
        IntStream.range(0, CheckSettings.CLASSES).mapToObj(i -> "class " + i).toList();
    try (Networks networks = new Networks(settings.network(), precision);
        FilesRun run =
            new FilesRun(
                new Labeller(networks.compiled(), classes), FeatureSettings.DEFAULT, device)) {
      double first = run.seconds(files.subList(0, 1));
      List<Seconds> rows = new ArrayList<>();
      int all = settings.files().stream().mapToInt(n -> n * runs(n)).sum();
      int done = 0;
      for (int count : settings.files()) {
        context.progress((double) done / all, count + " files");
        double[] seconds = new double[runs(count)];
        for (int i = 0; i < seconds.length; i++) {
          seconds[i] = run.seconds(repeated(files, count));
          done += count;
        }
        Arrays.sort(seconds);
        rows.add(new Seconds(count, seconds.length, seconds[0], seconds[seconds.length / 2]));
        context.results(
            new Found(
                settings.width().toString(),
                settings.inputSize(),
                settings.fileSeconds(),
                "WAV, 16 bit, mono, 22050 Hz",
                run.batch(),
                run.readingThreads(),
                first,
                rows));
      }
      context.summary(
          String.join(
              ", ",
              rows.stream()
                  .map(row -> "%d in %.3f s".formatted(row.files, row.secondsMedian))
                  .toList()));
    }
  }

  private static int runs(int files) {
    return files < LONG ? RUNS : 1;
  }

  private static List<Path> write(Path folder, double seconds) throws Exception {
    List<Path> files = new ArrayList<>();
    for (int i = 0; i < DISTINCT; i++) {
      Path file = folder.resolve("track-%d.wav".formatted(i));
      if (!Files.exists(file)) {
        SyntheticMusic.writeWav(file, SyntheticMusic.samples(seconds, i));
      }
      files.add(file);
    }
    return files;
  }

  /** As many files as asked for, the few that there are again and again. */
  private static List<Path> repeated(List<Path> files, int count) {
    return IntStream.range(0, count).mapToObj(i -> files.get(i % files.size())).toList();
  }
}
