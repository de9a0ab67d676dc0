package org.genrewise.bundle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.function.LongConsumer;
import org.genrewise.inference.CompiledNetwork;
import org.genrewise.network.NetworkSettings;
import org.genrewise.network.PyTorchParameters;
import org.genrewise.weights.FloatSource;
import org.genrewise.weights.SafetensorsWriter;
import org.genrewise.weights.TensorFile;

/**
 * Writes the parameters of a bundle as safetensors, under PyTorch's names and in its layouts. The
 * file's metadata hold the bundle's manifest, so that an import gives the same bundle again.
 */
public final class WeightsExport {
  /** The metadata's key of the manifest. */
  private static final String MANIFEST_KEY = "genrewise";

  private static final int CHECK_PICTURES = 4;

  private WeightsExport() {}

  /** Number of values that an export holds. */
  public static long values(ModelBundle bundle) {
    return new PyTorchParameters(bundle.info().network()).values();
  }

  /**
   * Writes the parameters; no copy of them is held in memory.
   *
   * @param file is replaced
   * @param progress told now and then how many values are written
   */
  public static void write(ModelBundle bundle, Path file, LongConsumer progress)
      throws IOException {
    Map<String, List<Long>> shapes = new PyTorchParameters(bundle.info().network()).shapes();
    long[] done = {0};
    try (TensorFile weights = bundle.openWeights()) {
      write(
          file,
          shapes,
          Map.of(MANIFEST_KEY, bundle.manifest().toJson()),
          (name, sink) ->
              weights.read(
                  name,
                  (values, count) -> {
                    sink.accept(values, count);
                    done[0] += count;
                    progress.accept(done[0]);
                  }));
    }
  }

  /**
   * Writes what a loaded copy can be checked by: {@code pictures} [4, 3, size, size], as PyTorch
   * has them, random, from -1 to 1, and {@code logits} [4, classes], which this program gives for
   * them in evaluation mode.
   *
   * @param file is replaced
   */
  public static void writeCheck(ModelBundle bundle, Path file) throws IOException {
    NetworkSettings settings = bundle.info().network();
    CompiledNetwork network = bundle.network();
    int pixels = settings.inputSize() * settings.inputSize();
    int channels = NetworkSettings.CHANNELS_IN;
    float[] theirs = new float[CHECK_PICTURES * channels * pixels];
    float[] ours = new float[theirs.length];
    Random random = new Random(1);
    for (int i = 0; i < theirs.length; i++) {
      int picture = i / (channels * pixels);
      int channel = i / pixels % channels;
      theirs[i] = 2 * random.nextFloat() - 1;
      ours[(picture * pixels + i % pixels) * channels + channel] = theirs[i];
    }
    float[] logits = network.logits(ours, CHECK_PICTURES);
    long size = settings.inputSize();
    Map<String, List<Long>> shapes = new LinkedHashMap<>();
    shapes.put("pictures", List.of((long) CHECK_PICTURES, (long) channels, size, size));
    shapes.put("logits", List.of((long) CHECK_PICTURES, (long) settings.classes()));
    write(
        file,
        shapes,
        Map.of(),
        (name, sink) -> {
          float[] values = name.equals("logits") ? logits : theirs;
          sink.accept(values, values.length);
        });
  }

  /** Whoever looks sees the whole file or none: it is written beside its place and then renamed. */
  private static void write(
      Path file, Map<String, List<Long>> shapes, Map<String, String> metadata, FloatSource values)
      throws IOException {
    Path target = file.toAbsolutePath().normalize();
    Path temporary =
        target.resolveSibling("." + target.getFileName() + "-" + UUID.randomUUID() + ".tmp");
    try {
      SafetensorsWriter.write(temporary, shapes, metadata, values);
      Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  /**
   * What an export says of its model; empty for other files.
   *
   * @throws BundleException if it makes no sense
   */
  static Optional<Manifest> manifest(TensorFile file) {
    return Optional.ofNullable(file.metadata().get(MANIFEST_KEY))
        .map(json -> Manifest.parse("its metadata", json));
  }
}
