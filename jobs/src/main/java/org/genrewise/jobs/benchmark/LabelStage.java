package org.genrewise.jobs.benchmark;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.genrewise.check.measure.FilesRun;
import org.genrewise.device.Device;
import org.genrewise.inference.CompiledNetwork;
import org.genrewise.inference.Labeller;
import org.genrewise.jobs.cli.Console;
import org.genrewise.network.GraphOptions;
import org.genrewise.network.NetworkSettings;
import org.genrewise.network.Precision;
import org.genrewise.network.Vgg19Bn;
import org.nd4j.linalg.learning.config.NoOp;

/**
 * Seconds from files to labels. The network has random weights: how long it takes does not depend
 * on them, and nothing is said of its labels.
 */
final class LabelStage implements Stage {
  private static final int LONG = 50;

  /**
   * What was measured, and how.
   *
   * @param batch slices that go through the network together, at most
   * @param readingThreads that decode and transform while the network labels
   * @param firstFileSeconds of the first file in the process
   */
  record Found(
      String width,
      int inputSize,
      int batch,
      int readingThreads,
      double firstFileSeconds,
      List<Row> rows) {}

  /**
   * One row of the table.
   *
   * @param runs counted ones
   * @param audioSeconds length of all files
   * @param secondsPerFile at the median
   * @param timesRealTime seconds of audio a second, at the median
   */
  record Row(
      int files,
      int runs,
      double audioSeconds,
      double secondsMinimum,
      double secondsMedian,
      double secondsPerFile,
      double timesRealTime) {}

  @Override
  public Record run(StageContext context) throws Exception {
    FilesSettings settings = context.settings();
    Device.Kind device = context.decideDevice().device().kind();
    PreparedFiles files = context.prepared();
    List<Integer> counts = counts(settings.counts(), files.tracks().size());
    long total = counts.stream().mapToLong(count -> (long) count * runs(count, settings)).sum();
    Labeller labeller = labeller(settings.network(), context.precision());
    List<Row> rows = new ArrayList<>();
    try (FilesRun run = new FilesRun(labeller, settings.features(), device)) {
      double first = run.seconds(files.paths(files.spread(1)));
      long begin = System.nanoTime();
      long done = 0;
      for (int count : counts) {
        List<Integer> numbers = files.spread(count);
        List<Path> paths = files.paths(numbers);
        double[] seconds = new double[runs(count, settings)];
        for (int i = 0; i < seconds.length; i++) {
          context.progress(progress(count, begin, done, total));
          seconds[i] = run.seconds(paths);
          done += count;
        }
        rows.add(row(count, files.audioSeconds(numbers), seconds));
      }
      return new Found(
          settings.width().toString(),
          settings.inputSize(),
          run.batch(),
          run.readingThreads(),
          first,
          rows);
    }
  }

  /** Those that there are files for; all files where more are asked for. */
  static List<Integer> counts(List<Integer> asked, int files) {
    return asked.stream().map(count -> Math.min(count, files)).distinct().toList();
  }

  private static int runs(int count, FilesSettings settings) {
    return count < LONG ? settings.runs() : 1;
  }

  private static Labeller labeller(NetworkSettings network, Precision precision) {
    ComputationGraph graph = Vgg19Bn.create(network, GraphOptions.DEFAULT, new NoOp(), 1);
    CompiledNetwork compiled = CompiledNetwork.of(graph, network, precision);
    graph.close();
    List<String> classes =
        IntStream.range(0, network.classes()).mapToObj(i -> "class " + i).toList();
    return new Labeller(compiled, classes);
  }

  private static Row row(int count, double audioSeconds, double[] seconds) {
    Arrays.sort(seconds);
    double median = seconds[seconds.length / 2];
    return new Row(
        count,
        seconds.length,
        audioSeconds,
        seconds[0],
        median,
        median / count,
        audioSeconds / median);
  }

  private static String progress(int count, long begin, long done, long total) {
    double seconds = (System.nanoTime() - begin) / 1e9;
    String left =
        done == 0 ? "" : ", %s left".formatted(Console.duration(seconds * (total - done) / done));
    return "a row of %,d files; %,d of %,d labelled in all%s".formatted(count, done, total, left);
  }
}
