package org.genrewise.jobs.benchmark;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
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
import org.genrewise.device.DeviceDecision;
import org.genrewise.device.ProcessDevice;
import org.genrewise.extraction.FeatureExtractor;
import org.genrewise.extraction.FeatureSettings;
import org.genrewise.inference.CompiledNetwork;
import org.genrewise.inference.Labeller;
import org.genrewise.jobs.cli.Console;
import org.genrewise.jobs.cli.ExitCode;
import org.genrewise.jobs.cli.UserException;
import org.genrewise.jobs.command.CommandRunner;
import org.genrewise.jobs.command.DeviceOption;
import org.genrewise.jobs.model.Engine;
import org.genrewise.jobs.spark.Json;
import org.genrewise.network.GraphOptions;
import org.genrewise.network.GraphOptions.Recompute;
import org.genrewise.network.NetworkSettings;
import org.genrewise.network.Precision;
import org.genrewise.network.Vgg19Bn;
import org.genrewise.network.Width;
import org.genrewise.picture.PictureRenderer;
import org.genrewise.picture.Slice;
import org.genrewise.picture.Slicer;
import org.genrewise.training.ComputeSettings;
import org.nd4j.linalg.learning.config.NoOp;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * The verb benchmark: how fast this project's parts are on this machine. The scripts in benchmarks/
 * measure the Python peers under the same names.
 */
@Command(
    name = "benchmark",
    description = "Measures the speed of the transform, the picture, the network and labelling.",
    mixinStandardHelpOptions = true)
public final class BenchmarkCommand implements Callable<Integer> {
  private static final int CLASSES = 16;
  private static final double CLIP_SECONDS = 11.4;
  private static final double TRACK_SECONDS = 270;
  private static final double LABELLED_SECONDS = 30;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Write the minima, in seconds, to this file. Default: none")
  private Path json;

  @Option(
      names = "--runs",
      defaultValue = "5",
      paramLabel = "N",
      description = "Counted runs of the network, at least 1. Default: ${DEFAULT-VALUE}")
  private int runs;

  @Option(
      names = "--width",
      defaultValue = "1",
      converter = WidthConverter.class,
      description = "Width of the network: 1, 1/2, 1/4, 1/8 or 1/16. Default: ${DEFAULT-VALUE}")
  private Width width;

  @Option(
      names = "--input-size",
      defaultValue = "224",
      paramLabel = "PIXELS",
      description = "Height and width of the pictures. Default: ${DEFAULT-VALUE}")
  private int inputSize;

  @Option(
      names = "--precision",
      defaultValue = "FLOAT32",
      description = "Of the network: FLOAT32 or FLOAT16. Default: ${DEFAULT-VALUE}")
  private Precision precision;

  @Option(
      names = "--recompute",
      defaultValue = "NONE",
      description = "What a step computes again: NONE or BLOCKS. Default: ${DEFAULT-VALUE}")
  private Recompute recompute;

  @Mixin private DeviceOption device;

  private final Timings timings = new Timings();
  private ComputeSettings compute;
  private long memory;

  private static final class WidthConverter implements ITypeConverter<Width> {
    @Override
    public Width convert(String text) {
      return Width.parse(text);
    }
  }

  public static void main(String[] arguments) {
    System.exit(CommandRunner.run(new BenchmarkCommand(), arguments));
  }

  @Override
  public Integer call() throws Exception {
    if (runs < 1) {
      throw new UserException("--runs must be at least 1, not " + runs);
    }
    Console console = Console.standard();
    DeviceDecision decision = ProcessDevice.decide(device.choice(), Optional.empty());
    if (!decision.reason().isEmpty()) {
      console.note(decision.reason());
    }
    console.note("%s; Java %s".formatted(Engine.description(precision), Runtime.version()));
    NetworkSettings settings = networkSettings();
    compute = new ComputeSettings(precision, recompute, 8);
    console.note("transform and picture, one thread");
    transform();
    console.note("network of width %s at %d x %d".formatted(width, inputSize, inputSize));
    ComputationGraph graph = Vgg19Bn.create(settings, GraphOptions.DEFAULT, new NoOp(), 1);
    CompiledNetwork network = CompiledNetwork.of(graph, settings, precision);
    graph.close();
    network(network);
    console.note("labelling a track of %.0f s, one after the other".formatted(LABELLED_SECONDS));
    label(network);
    print(console);
    if (json != null) {
      Files.writeString(json, Json.of(timings.minima()));
    }
    return ExitCode.DONE;
  }

  private NetworkSettings networkSettings() {
    try {
      return NetworkSettings.of(CLASSES, width, inputSize);
    } catch (IllegalArgumentException e) {
      throw new UserException(e.getMessage(), e);
    }
  }

  private void transform() throws Exception {
    ConstantQ constantQ = new ConstantQ(CqtSettings.DEFAULT);
    float[] clip = SyntheticMusic.samples(CLIP_SECONDS, 1);
    float[] track = SyntheticMusic.samples(TRACK_SECONDS, 2);
    timings.measure("cqt_11.4", 50, 100, () -> Decibels.of(constantQ.transform(clip)));
    timings.measure("cqt_270", 3, 10, () -> Decibels.of(constantQ.transform(track)));
    Spectrogram levels = Decibels.of(constantQ.transform(clip));
    Slice slice = new Slicer(CqtSettings.DEFAULT).slices(levels, clip.length).get(0);
    PictureRenderer renderer = new PictureRenderer(inputSize);
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
    for (int batch : new int[] {4, 8}) {
      float[] pictures = Pictures.noise(batch, inputSize, 1);
      timings.measure("forward_" + batch, 2, runs, () -> network.probabilities(pictures, batch));
      try (TrainingBench step = new TrainingBench(network.settings(), pictures, batch, compute)) {
        timings.measure("step_" + batch, 2, runs, step::step);
        memory = step.bytes();
      }
    }
  }

  private void label(CompiledNetwork network) throws Exception {
    Path file = Files.createTempFile("genrewise-benchmark", ".wav");
    try {
      SyntheticMusic.writeWav(file, SyntheticMusic.samples(LABELLED_SECONDS, 3));
      List<String> classes = IntStream.range(0, CLASSES).mapToObj(i -> "class " + i).toList();
      Labeller labeller = new Labeller(network, classes);
      StandardAudioDecoder decoder = new StandardAudioDecoder(DecoderSettings.DEFAULT);
      FeatureExtractor extractor = new FeatureExtractor(FeatureSettings.DEFAULT);
      timings.measure(
          "label_30",
          2,
          runs,
          () -> labeller.label(extractor.extract(decoder.open(file)).slices()));
    } finally {
      Files.delete(file);
    }
  }

  private void print(Console console) {
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
