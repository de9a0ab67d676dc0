package org.genrewise.bundle;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.genrewise.hash.Sha256;
import org.genrewise.inference.CompiledNetwork;
import org.genrewise.network.NetworkSettings;
import org.genrewise.network.Precision;
import org.genrewise.network.PyTorchParameters;
import org.genrewise.weights.FloatSource;
import org.genrewise.weights.SafetensorsFile;
import org.genrewise.weights.SafetensorsWriter;
import org.genrewise.weights.Tensor;
import org.genrewise.weights.TensorFile;
import org.genrewise.weights.TensorType;
import org.genrewise.weights.WeightsException;

/**
 * A trained model in a folder: {@code bundle.json}, which says all that there is to know of it, and
 * {@code weights.safetensors} with its parameters under PyTorch's names and in its layouts.
 *
 * <p>Bundles come from elsewhere and are not trusted. Deeplearning4j's own {@code ModelSerializer}
 * is not used for them because its JSON names the classes to be made; here nothing but numbers and
 * text is read, and everything is checked before it is used.
 */
public final class ModelBundle {
  public static final String MANIFEST = "bundle.json";
  public static final String WEIGHTS = "weights.safetensors";
  private static final long LONGEST_MANIFEST = 1 << 20;
  private static final int VERSION_DIGITS = 12;

  private final Path directory;
  private final Manifest manifest;

  private ModelBundle(Path directory, Manifest manifest) {
    this.directory = directory;
    this.manifest = manifest;
  }

  /**
   * Saves a model. Whoever looks sees the whole bundle or none: it is written beside its place and
   * then renamed.
   *
   * @param directory must not exist, or be empty
   * @param info on the model
   * @param graph a graph that {@code Vgg19Bn} made with {@code info.network()}
   * @throws BundleException if the directory is not empty
   */
  public static ModelBundle save(Path directory, BundleInfo info, ComputationGraph graph)
      throws IOException {
    PyTorchParameters parameters = new PyTorchParameters(info.network());
    return save(
        directory,
        info.network(),
        hash -> info,
        (name, sink) -> {
          float[] values = parameters.read(graph, name);
          sink.accept(values, values.length);
        });
  }

  /**
   * As the other, with parameters of any origin; none is kept in memory.
   *
   * @param network the shape of the model
   * @param info on the model, given the SHA-256 of its parameters' file
   * @param parameters gives them by PyTorch's names, in its layouts
   */
  static ModelBundle save(
      Path directory,
      NetworkSettings network,
      Function<String, BundleInfo> info,
      FloatSource parameters)
      throws IOException {
    Path target = directory.toAbsolutePath().normalize();
    requireVacant(target);
    Files.createDirectories(target.getParent());
    Path temporary =
        target.resolveSibling("." + target.getFileName() + "-" + UUID.randomUUID() + ".tmp");
    Files.createDirectory(temporary);
    try {
      String hash =
          SafetensorsWriter.write(
              temporary.resolve(WEIGHTS),
              new PyTorchParameters(network).shapes(),
              Map.of(),
              parameters);
      Manifest manifest = new Manifest(info.apply(hash), hash);
      Files.writeString(temporary.resolve(MANIFEST), manifest.toJson());
      Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
      return new ModelBundle(target, manifest);
    } finally {
      delete(temporary);
    }
  }

  /**
   * Opens a bundle and checks all of it, the hash of its parameters included.
   *
   * @throws BundleException if a part is missing, wrong or not known; the message names it
   */
  public static ModelBundle load(Path directory) throws IOException {
    Path file = part(directory, MANIFEST);
    if (Files.size(file) > LONGEST_MANIFEST) {
      throw new BundleException(
          "%s has %d bytes; a manifest has %d at most"
              .formatted(file, Files.size(file), LONGEST_MANIFEST));
    }
    String json = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    ModelBundle bundle = new ModelBundle(directory, Manifest.parse(file.toString(), json));
    bundle.openWeights().close();
    return bundle;
  }

  public BundleInfo info() {
    return manifest.info();
  }

  Manifest manifest() {
    return manifest;
  }

  /** Differs where parameters differ: the first digits of the hash of the weights. */
  public String version() {
    return manifest.weightsSha256().substring(0, VERSION_DIGITS);
  }

  /**
   * Refuses features that this model was not made for.
   *
   * @param featureVersion as feature rows have it
   * @throws BundleException if they were made with other settings
   */
  public void requireFeatures(String featureVersion) {
    String own = info().features().version();
    if (!own.equals(featureVersion)) {
      throw new BundleException(
          "model %s needs features %s, not %s; extract them with the settings of the model"
              .formatted(info().modelId(), own, featureVersion));
    }
  }

  /**
   * In which precision {@link #network} computes: 32-bit floats on a CPU, whatever it was trained
   * in.
   */
  public Precision networkPrecision() {
    return Precision.FLOAT32;
  }

  /** The model for labelling: read from the files, compiled, to be shared by all threads. */
  public CompiledNetwork network() throws IOException {
    try (TensorFile weights = openWeights()) {
      return CompiledNetwork.of(info().network(), networkPrecision(), weights);
    }
  }

  /**
   * Copies parameters into a graph.
   *
   * @param shape of the graph: this model's, as far as the parameters go that are copied
   * @param which of the parameters, by PyTorch's names
   */
  public void copyTo(ComputationGraph graph, NetworkSettings shape, Predicate<String> which)
      throws IOException {
    try (TensorFile weights = openWeights()) {
      PyTorchParameters parameters = new PyTorchParameters(shape);
      for (String name : parameters.shapes().keySet()) {
        if (which.test(name)) {
          parameters.write(graph, name, weights);
        }
      }
    }
  }

  /**
   * The parameters by PyTorch's names, to be closed.
   *
   * @throws BundleException if the file is not what the manifest says
   */
  TensorFile openWeights() throws IOException {
    Path file = part(directory, WEIGHTS);
    TensorFile weights;
    try {
      weights = SafetensorsFile.open(file);
    } catch (WeightsException e) {
      throw new BundleException(e.getMessage(), e);
    }
    try {
      requireTensors(weights.tensors());
      String hash = Sha256.of(file);
      if (!hash.equals(manifest.weightsSha256())) {
        throw refused("its SHA-256 is %s, %s says %s", hash, MANIFEST, manifest.weightsSha256());
      }
      return weights;
    } catch (IOException | RuntimeException e) {
      weights.close();
      throw e;
    }
  }

  private void requireTensors(Map<String, Tensor> tensors) {
    Map<String, Tensor> unexpected = new TreeMap<>(tensors);
    new PyTorchParameters(info().network())
        .shapes()
        .forEach(
            (name, shape) -> {
              Tensor expected = new Tensor(TensorType.F32, shape);
              Tensor tensor = unexpected.remove(name);
              if (tensor == null) {
                throw refused("it has no tensor %s", name);
              }
              if (!tensor.equals(expected)) {
                throw refused("its %s is %s, the network needs %s", name, tensor, expected);
              }
            });
    if (!unexpected.isEmpty()) {
      throw refused("the network has no tensors %s", unexpected.keySet());
    }
  }

  private BundleException refused(String reason, Object... values) {
    return new BundleException(
        "%s is refused: %s".formatted(directory.resolve(WEIGHTS), reason.formatted(values)));
  }

  private static Path part(Path directory, String name) {
    Path file = directory.resolve(name);
    if (!Files.isRegularFile(file)) {
      throw new BundleException(
          "%s is no model bundle: it has no file %s".formatted(directory, name));
    }
    return file;
  }

  private static void requireVacant(Path target) throws IOException {
    if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      try (var entries = Files.newDirectoryStream(target)) {
        if (entries.iterator().hasNext()) {
          throw new BundleException(
              "%s is not empty; choose another place for the model, or remove it first"
                  .formatted(target));
        }
      }
    }
  }

  private static void delete(Path temporary) throws IOException {
    Files.deleteIfExists(temporary.resolve(WEIGHTS));
    Files.deleteIfExists(temporary.resolve(MANIFEST));
    Files.deleteIfExists(temporary);
  }
}
