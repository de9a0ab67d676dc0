package org.genrewise.bundle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongConsumer;
import org.genrewise.hash.Sha256;
import org.genrewise.network.NetworkSettings;
import org.genrewise.network.Precision;
import org.genrewise.network.PyTorchParameters;
import org.genrewise.weights.FloatSink;
import org.genrewise.weights.FloatSource;
import org.genrewise.weights.Tensor;
import org.genrewise.weights.TensorFile;
import org.genrewise.weights.WeightsException;
import org.genrewise.weights.layout.Ccmusic;
import org.genrewise.weights.layout.CheckpointLayout;
import org.genrewise.weights.layout.Layout;
import org.genrewise.weights.pickle.Shown;

/**
 * Makes a bundle of a checkpoint. Values go from file to file in pieces, so no copy of the weights
 * is held in memory; where a checkpoint is refused nothing is left behind.
 */
public final class WeightsImport implements AutoCloseable {
  private static final String DEFAULT_ID = "imported";

  private final Path file;
  private final TensorFile tensors;
  private final CheckpointLayout layout;
  private final NetworkSettings network;
  private final PyTorchParameters parameters;
  private final ImportSettings settings;
  private final Optional<Manifest> exported;

  private WeightsImport(Path file, TensorFile tensors, ImportSettings settings) {
    this.file = file;
    this.tensors = tensors;
    this.settings = settings;
    this.exported =
        settings.layout() == Layout.AUTO || settings.layout() == Layout.GENREWISE
            ? WeightsExport.manifest(tensors)
            : Optional.empty();
    this.layout = exported.map(this::ownLayout).orElseGet(this::foreignLayout);
    this.network = withImages(layout);
    this.parameters = new PyTorchParameters(network);
    requireClasses();
    // so that a name that cannot be is told before anything is written
    info("", Provenance.ofImport(Map.of(), ""));
  }

  /**
   * Opens a checkpoint and checks all of it but its values.
   *
   * @throws WeightsException if it cannot become a bundle; the message says why
   */
  public static WeightsImport open(Path file, ImportSettings settings) throws IOException {
    TensorFile tensors = TensorFile.open(file);
    try {
      WeightsImport opened = new WeightsImport(file, tensors, settings);
      opened.requireOwnValues();
      return opened;
    } catch (WeightsException | BundleException e) {
      tensors.close();
      throw new WeightsException("%s is refused: %s".formatted(file, e.getMessage()), e);
    } catch (IllegalArgumentException e) {
      tensors.close();
      throw new WeightsException(
          "the checkpoint cannot be imported so: " + Shown.text(e.getMessage()), e);
    } catch (IOException | RuntimeException e) {
      tensors.close();
      throw e;
    }
  }

  private CheckpointLayout ownLayout(Manifest manifest) {
    CheckpointLayout own =
        new CheckpointLayout(Layout.GENREWISE, manifest.info().network(), settings.prefix());
    own.requireTensors(tensors.tensors());
    return own;
  }

  private CheckpointLayout foreignLayout() {
    if (settings.layout() == Layout.GENREWISE) {
      throw new WeightsException("it is no export of genrewise: its metadata do not say so");
    }
    return CheckpointLayout.of(
        tensors.tensors(),
        settings.layout(),
        settings.prefix(),
        new CheckpointLayout.Head(
            Math.max(2, settings.classes().size()), settings.head(), settings.inputSize()),
        settings.dropout());
  }

  private void requireClasses() {
    int outputs = network().classes();
    if (layout.layout() == Layout.TORCHVISION && settings.classes().size() < 2) {
      throw new WeightsException(
          "torchvision's features get a new head, which needs your classes: --set classes=NAME,NAME,...");
    }
    if (classes().size() != outputs) {
      throw new WeightsException(
          "it has %d outputs, and there are %d names of classes: --set classes=NAME,NAME,..."
              .formatted(outputs, classes().size()));
    }
  }

  private List<String> classes() {
    if (!settings.classes().isEmpty()) {
      return settings.classes();
    }
    return exported.map(manifest -> manifest.info().classes()).orElse(Ccmusic.CLASSES);
  }

  /** A few values with strides of 0 can claim to be the largest tensor. */
  private void requireOwnValues() throws IOException {
    long claimed = 0;
    for (String name : parameters.shapes().keySet()) {
      if (layout.takes(name)) {
        Tensor tensor = tensors.tensors().get(layout.prefix() + name);
        claimed += tensor.count() * tensor.type().bytes();
      }
    }
    if (claimed > Files.size(file)) {
      throw new WeightsException(
          "its tensors would have %,d bytes, and the file has %,d"
              .formatted(claimed, Files.size(file)));
    }
  }

  /** For example {@code "PyTorch, zip"}. */
  public String format() {
    return tensors.format();
  }

  /** The layout that was found; never AUTO. */
  public Layout layout() {
    return layout.layout();
  }

  public NetworkSettings network() {
    return network;
  }

  private NetworkSettings withImages(CheckpointLayout found) {
    return found.layout() == Layout.GENREWISE
        ? found.network()
        : found.network().withImageFormat(settings.images().in(found.layout()));
  }

  /** The types of the tensors that are taken, for example {@code [F16]}. */
  public TreeSet<String> types() {
    TreeSet<String> types = new TreeSet<>();
    for (String name : parameters.shapes().keySet()) {
      Tensor tensor = tensors.tensors().get(layout.prefix() + name);
      if (layout.takes(name)) {
        types.add(tensor.type().name());
      }
    }
    return types;
  }

  /** Number of values that the bundle will hold. */
  public long values() {
    return parameters.values();
  }

  /**
   * Writes the bundle.
   *
   * @param directory must not exist, or be empty
   * @param programVersion of this program
   * @param progress told now and then how many values are written
   * @throws WeightsException if a value is not finite, or a variance is negative
   */
  public ModelBundle write(Path directory, String programVersion, LongConsumer progress)
      throws IOException {
    String sha256 = Sha256.of(file);
    return ModelBundle.save(
        directory,
        network(),
        weights -> info(weights, provenance(sha256, programVersion)),
        new Values(progress));
  }

  /** What is known of the model, once the hash of its weights is. */
  private BundleInfo info(String weightsSha256, Provenance imported) {
    Optional<BundleInfo> own = exported.map(Manifest::info);
    boolean unchanged = exported.map(m -> m.weightsSha256().equals(weightsSha256)).orElse(false);
    String id =
        settings.modelId().isEmpty()
            ? own.map(BundleInfo::modelId).orElse(DEFAULT_ID)
            : settings.modelId();
    return new BundleInfo(
        id,
        classes(),
        network(),
        own.map(BundleInfo::features).orElse(settings.features()),
        own.map(BundleInfo::precision).orElse(Precision.FLOAT32),
        // what was measured is not true of weights that were changed since
        unchanged ? own.get().metrics() : Map.of(),
        unchanged ? own.get().provenance() : imported);
  }

  private Provenance provenance(String sha256, String programVersion) {
    Map<String, String> facts = new TreeMap<>();
    facts.put(Provenance.IMPORTED + "from", String.valueOf(file.getFileName()));
    facts.put(Provenance.IMPORTED + "sha256", sha256);
    facts.put(Provenance.IMPORTED + "format", tensors.format());
    facts.put(Provenance.IMPORTED + "layout", layout.layout().name().toLowerCase(Locale.ROOT));
    facts.put(Provenance.IMPORTED + "types", String.join(",", types()));
    if (layout.layout() == Layout.TORCHVISION) {
      facts.put(Provenance.HEAD, Provenance.UNTRAINED);
      facts.put("head-seed", Long.toString(settings.seed()));
    }
    return Provenance.ofImport(facts, programVersion);
  }

  @Override
  public void close() throws IOException {
    tensors.close();
  }

  /** The values of the bundle: checked, and those of a new head drawn. */
  private final class Values implements FloatSource {
    private final LongConsumer progress;
    private long done;

    Values(LongConsumer progress) {
      this.progress = progress;
    }

    @Override
    public void read(String name, FloatSink sink) throws IOException {
      FloatSink counting =
          (values, count) -> {
            sink.accept(values, count);
            done += count;
            progress.accept(done);
          };
      if (layout.takes(name)) {
        tensors.read(layout.prefix() + name, checked(name, counting));
      } else {
        parameters.draw(name, settings.seed(), counting);
      }
    }

    private FloatSink checked(String name, FloatSink sink) {
      float least = name.endsWith("running_var") ? 0 : -Float.MAX_VALUE;
      return (values, count) -> {
        for (int i = 0; i < count; i++) {
          if (!(values[i] >= least && values[i] <= Float.MAX_VALUE)) {
            throw new WeightsException(
                "%s is refused: %s holds the value %s"
                    .formatted(file, layout.prefix() + name, values[i]));
          }
        }
        sink.accept(values, count);
      };
    }
  }
}
