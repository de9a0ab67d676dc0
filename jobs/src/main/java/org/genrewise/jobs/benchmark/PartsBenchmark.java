package org.genrewise.jobs.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.genrewise.audio.DecoderSettings;
import org.genrewise.audio.StandardAudioDecoder;
import org.genrewise.check.measure.Pictures;
import org.genrewise.check.measure.SyntheticMusic;
import org.genrewise.check.measure.Timings;
import org.genrewise.check.measure.TrainingBench;
import org.genrewise.cqt.ConstantQ;
import org.genrewise.cqt.CqtSettings;
import org.genrewise.cqt.Decibels;
import org.genrewise.cqt.Spectrogram;
import org.genrewise.extraction.FeatureExtractor;
import org.genrewise.extraction.FeatureSettings;
import org.genrewise.inference.CompiledNetwork;
import org.genrewise.inference.Labeller;
import org.genrewise.jobs.cli.Console;
import org.genrewise.network.GraphOptions;
import org.genrewise.network.Vgg19Bn;
import org.genrewise.picture.PictureRenderer;
import org.genrewise.picture.Slice;
import org.genrewise.picture.Slicer;
import org.genrewise.training.ComputeSettings;
import org.nd4j.linalg.learning.config.NoOp;

/**
 * How fast the transform, the picture, the network and labelling are, each alone, on music and
 * pictures of its own making. The scripts in benchmarks/ measure the Python peers under the same
 * names.
 */
final class PartsBenchmark {
  private static final double CLIP_SECONDS = 11.4;
  private static final double TRACK_SECONDS = 270;
  private static final double LABELLED_SECONDS = 30;

  private final Console console;
  private final PartsSettings settings;
  private final Timings timings = new Timings();
  private long memory;

  PartsBenchmark(Console console, PartsSettings settings) {
    this.console = console;
    this.settings = settings;
  }

  /**
   * Measures on the device of this process, and prints.
   *
   * @return the minima in seconds, by name
   */
  Map<String, Double> run() throws IOException {
    try {
      measure();
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      // the input is of our own making, so no fault in it is the user's
      throw new IllegalStateException(e);
    }
    print();
    return timings.minima();
  }

  private void measure() throws Exception {
    console.note("transform and picture, one thread");
    transform();
    console.note(
        "network of width %s at %d x %d"
            .formatted(settings.width(), settings.inputSize(), settings.inputSize()));
    ComputationGraph graph =
        Vgg19Bn.create(settings.network(), GraphOptions.DEFAULT, new NoOp(), 1);
    CompiledNetwork network = CompiledNetwork.of(graph, settings.network(), settings.precision());
    graph.close();
    network(network);
    console.note("labelling a track of %.0f s, one after the other".formatted(LABELLED_SECONDS));
    label(network);
  }

  private void transform() throws Exception {
    ConstantQ constantQ = new ConstantQ(CqtSettings.DEFAULT);
    float[] clip = SyntheticMusic.samples(CLIP_SECONDS, 1);
    float[] track = SyntheticMusic.samples(TRACK_SECONDS, 2);
    timings.measure("cqt_11.4", 50, 100, () -> Decibels.of(constantQ.transform(clip)));
    timings.measure("cqt_270", 3, 10, () -> Decibels.of(constantQ.transform(track)));
    Spectrogram levels = Decibels.of(constantQ.transform(clip));
    Slice slice = new Slicer(CqtSettings.DEFAULT).slices(levels, clip.length).get(0);
    PictureRenderer renderer = new PictureRenderer(settings.inputSize());
    float[] picture = new float[renderer.values()];
    timings.measure(
        "picture",
        500,
        500,
        () -> {
          renderer.render(slice, picture, 0);
          return picture;
        });
  }

  private void network(CompiledNetwork network) throws Exception {
    ComputeSettings compute = new ComputeSettings(settings.precision(), settings.recompute(), 8);
    for (int batch : new int[] {4, 8}) {
      float[] pictures = Pictures.noise(batch, settings.inputSize(), 1);
      timings.measure(
          "forward_" + batch, 2, settings.runs(), () -> network.probabilities(pictures, batch));
      try (TrainingBench step = new TrainingBench(network.settings(), pictures, batch, compute)) {
        timings.measure("step_" + batch, 2, settings.runs(), step::step);
        memory = step.bytes();
      }
    }
  }

  private void label(CompiledNetwork network) throws Exception {
    Path file = Files.createTempFile("genrewise-benchmark", ".wav");
    try {
      SyntheticMusic.writeWav(file, SyntheticMusic.samples(LABELLED_SECONDS, 3));
      List<String> classes =
          IntStream.range(0, PartsSettings.CLASSES).mapToObj(i -> "class " + i).toList();
      Labeller labeller = new Labeller(network, classes);
      StandardAudioDecoder decoder = new StandardAudioDecoder(DecoderSettings.DEFAULT);
      FeatureExtractor extractor = new FeatureExtractor(FeatureSettings.DEFAULT);
      timings.measure(
          "label_30",
          2,
          settings.runs(),
          () -> labeller.label(extractor.extract(decoder.open(file)).slices()));
    } finally {
      Files.delete(file);
    }
  }

  private void print() {
    console.print("%-12s %14s %14s".formatted("", "minimum (s)", "median (s)"));
    for (String name : timings.minima().keySet()) {
      console.print(
          "%-12s %14.5f %14.5f".formatted(name, timings.minimum(name), timings.median(name)));
    }
    console.print(
        "%,.0f tracks of %.0f s an hour, at the median"
            .formatted(3600 / timings.median("label_30"), LABELLED_SECONDS));
    console.print("%.2f GB of memory while it trained on batches of 8".formatted(memory / 1e9));
  }
}
