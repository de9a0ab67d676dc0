package org.genrewise.bundle;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.genrewise.inference.CompiledNetwork;
import org.genrewise.inference.Labeller;
import org.genrewise.network.GraphOptions;
import org.genrewise.network.NetworkSettings;
import org.genrewise.network.PyTorchParameters;
import org.genrewise.network.Vgg19Bn;
import org.genrewise.picture.ImageFormat;
import org.genrewise.picture.PictureRenderer;
import org.genrewise.picture.Slice;
import org.genrewise.training.Track;
import org.genrewise.weights.SafetensorsWriter;
import org.genrewise.weights.Tensor;
import org.genrewise.weights.TensorType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.learning.config.NoOp;

class ModelBundleTest {
  private static ComputationGraph graph;

  @TempDir Path directory;
  private Path saved;

  @BeforeAll
  static void train() {
    graph = SmallModel.trained();
  }

  @BeforeEach
  void save() throws IOException {
    saved = directory.resolve("deep/model");
    ModelBundle.save(saved, SmallModel.INFO, graph);
  }

  @Test
  void whatIsSavedIsLoaded() throws IOException {
    ModelBundle bundle = ModelBundle.load(saved);

    assertEquals(SmallModel.INFO, bundle.info());
    assertTrue(bundle.version().matches("[0-9a-f]{12}"), bundle.version());
    ComputationGraph loaded =
        Vgg19Bn.create(SmallModel.SETTINGS, GraphOptions.DEFAULT, new NoOp(), 1);
    bundle.copyTo(loaded, SmallModel.SETTINGS, name -> true);
    assertArrayEquals(graph.params().toFloatVector(), loaded.params().toFloatVector());
    float[] pictures = SmallModel.pictures(SmallModel.PICTURES);
    assertArrayEquals(
        CompiledNetwork.of(graph, SmallModel.SETTINGS).logits(pictures, SmallModel.PICTURES),
        bundle.network().logits(pictures, SmallModel.PICTURES));
  }

  @ParameterizedTest
  @ValueSource(strings = {"format-1", "format-2"})
  void aBundleOfEveryFormatLoadsWithItsPredictions(String format) throws IOException {
    Path resources = Path.of("src/test/resources/bundle");
    ModelBundle bundle = ModelBundle.load(resources.resolve(format));
    float[] expected = floats(Files.readAllLines(resources.resolve(format + ".txt")));

    assertEquals(SmallModel.INFO, bundle.info());
    assertArrayEquals(
        expected,
        bundle
            .network()
            .probabilities(SmallModel.pictures(SmallModel.PICTURES), SmallModel.PICTURES),
        1e-4f);
  }

  @Test
  void theFormatOfImagesIsPartOfABundleAndOfWhatItSees() throws IOException {
    Path folder = directory.resolve("jpeg");
    BundleInfo info = withNetwork(SmallModel.SETTINGS.withImageFormat(ImageFormat.JPEG));
    ModelBundle.save(folder, info, graph);
    ModelBundle bundle = ModelBundle.load(folder);
    assertEquals(ImageFormat.JPEG, bundle.info().network().imageFormat());

    byte[] indices = new byte[84 * 60];
    new Random(1).nextBytes(indices);
    Slice slice = new Slice(0, 0, 84, 60, indices, 0, 0, false);
    float[] pictures = new float[32 * 32 * 3];
    new PictureRenderer(32, 32, ImageFormat.JPEG).render(slice, pictures, 0);
    assertArrayEquals(
        bundle.network().probabilities(pictures, 1),
        new Labeller(bundle.network(), info.classes()).probabilities(List.of(slice)));
  }

  @Test
  void savingLeavesOtherModelsAndNoRubbish() throws IOException {
    BundleException refused =
        assertThrows(BundleException.class, () -> ModelBundle.save(saved, SmallModel.INFO, graph));
    assertTrue(refused.getMessage().contains("is not empty"), refused.getMessage());
    BundleInfo wrong =
        withNetwork(new NetworkSettings(3, 32, SmallModel.SETTINGS.channels(), List.of(9, 6), 0.1));
    Path other = directory.resolve("deep/other");
    assertThrows(RuntimeException.class, () -> ModelBundle.save(other, wrong, graph));

    try (var entries = Files.list(directory.resolve("deep"))) {
      assertEquals(List.of(saved), entries.toList());
    }
    ModelBundle.load(saved);
  }

  @Test
  void aMissingPartIsNamed() throws IOException {
    refused("has no file bundle.json", directory.resolve("nowhere"));
    Files.delete(saved.resolve(ModelBundle.WEIGHTS));
    refused("has no file weights.safetensors", saved);
  }

  @Test
  void anyChangeOfTheParametersIsNoticed() throws IOException {
    Path file = saved.resolve(ModelBundle.WEIGHTS);
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 5] ^= 1;
    Files.write(file, bytes);

    refused("its SHA-256 is", saved);
  }

  @Test
  void tensorsThatDoNotFitTheNetworkAreNamed() throws IOException {
    Map<String, List<Long>> shapes = new PyTorchParameters(SmallModel.SETTINGS).shapes();
    Map<String, List<Long>> fewer = new LinkedHashMap<>(shapes);
    fewer.remove("classifier.4.bias");
    replaceWeights(fewer);
    refused("it has no tensor classifier.4.bias", saved);

    Map<String, List<Long>> more = new LinkedHashMap<>(shapes);
    more.put("classifier.99.bias", List.of(3L));
    replaceWeights(more);
    refused("the network has no tensors [classifier.99.bias]", saved);

    Map<String, List<Long>> turned = new LinkedHashMap<>(shapes);
    turned.put("classifier.4.weight", List.of(8L, 6L));
    replaceWeights(turned);
    refused("its classifier.4.weight is F32 [8, 6], the network needs F32 [6, 8]", saved);
  }

  @Test
  void aManifestThatMakesNoSenseIsRefused() throws IOException {
    refusedManifest(
        "has format 3, this program reads 1 to 2",
        json -> json.replace("\"format\" : 2", "\"format\" : 3"));
    refusedManifest("has format 0", json -> json.replace("\"format\" : 2", "\"format\" : 0"));
    refusedManifest("image-format gif is not known", json -> json.replace("lossless", "gif"));
    refusedManifest("image-format", json -> json.replace("\"image-format\"", "\"images\""));
    refusedManifest("is not JSON", json -> json.substring(0, json.length() / 2));
    refusedManifest("is not JSON", json -> "include \"/etc/passwd\"\n" + json);
    refusedManifest("nested more than", json -> "[".repeat(100_000));
    refusedManifest("a manifest has 1048576 at most", json -> json + " ".repeat(1 << 20));
    refusedManifest("model-id", json -> json.replace("\"model-id\"", "\"model\""));
    refusedManifest("a model id has", json -> json.replace("small-1", "../small"));
    refusedManifest("the same name", json -> json.replace("\"ロック\"", "\"Klavier/solo\""));
    refusedManifest(
        "input-size must be", json -> json.replace("\"input-size\" : 32", "\"input-size\" : 33"));
    refusedManifest("precision float64 is not known", json -> json.replace("float32", "float64"));
    refusedManifest(
        "features have version", json -> json.replace("\"bins\" : 84", "\"bins\" : 72"));
    refusedManifest("sample-rate", json -> json.replace(": 22050", ": \"fast\""));
    refusedManifest("created-at", json -> json.replace("\"created-at\"", "\"created\""));
    refusedManifest("yesterday", json -> json.replace("2026-11-22T18:00:00.123Z", "yesterday"));
    refusedManifest("track_accuracy", json -> json.replace("0.75", "\"good\""));
  }

  @Test
  void featuresMadeWithOtherSettingsAreRefused() throws IOException {
    ModelBundle bundle = ModelBundle.load(saved);
    String own = SmallModel.INFO.features().version();
    bundle.requireFeatures(own);
    BundleException refused =
        assertThrows(BundleException.class, () -> bundle.requireFeatures(own + "0"));

    assertEquals(
        "model small-1 needs features %s, not %s0; extract them with the settings of the model"
            .formatted(own, own),
        refused.getMessage());
  }

  @Test
  void theHashOfTheDataIsThatOfItsTracksInAnyOrder() {
    List<Track> tracks = new ArrayList<>(List.of(new Track("a", "folk"), new Track("b", "rock")));
    String hash = Provenance.dataHash(tracks);
    Collections.reverse(tracks);

    // printf 'a\tfolk\nb\trock\n' | sha256sum
    assertEquals("cdcd7a6b8cf4821522e04d9be2d4592bfc3176c0a96c0e614e0e1147861eb85b", hash);
    assertEquals(hash, Provenance.dataHash(tracks));
  }

  private void replaceWeights(Map<String, List<Long>> shapes) throws IOException {
    Path file = saved.resolve(ModelBundle.WEIGHTS);
    Files.delete(file);
    SafetensorsWriter.write(
        file,
        shapes,
        Map.of(),
        (name, sink) -> {
          int count = (int) new Tensor(TensorType.F32, shapes.get(name)).count();
          sink.accept(new float[count], count);
        });
  }

  private void refusedManifest(String reason, UnaryOperator<String> change) throws IOException {
    Path file = saved.resolve(ModelBundle.MANIFEST);
    String json = Files.readString(file);
    String changed = change.apply(json);
    assertTrue(!changed.equals(json), "nothing was changed for: " + reason);
    Files.writeString(file, changed);
    refused(reason, saved);
    Files.writeString(file, json);
  }

  private static void refused(String reason, Path bundle) {
    BundleException refused = assertThrows(BundleException.class, () -> ModelBundle.load(bundle));
    assertTrue(refused.getMessage().contains(reason), refused.getMessage());
  }

  private static BundleInfo withNetwork(NetworkSettings network) {
    BundleInfo info = SmallModel.INFO;
    return new BundleInfo(
        info.modelId(),
        info.classes(),
        network,
        info.features(),
        info.precision(),
        info.metrics(),
        info.provenance());
  }

  private static float[] floats(List<String> lines) {
    double[] values = lines.stream().mapToDouble(Double::parseDouble).toArray();
    float[] floats = new float[values.length];
    IntStream.range(0, values.length).forEach(i -> floats[i] = (float) values[i]);
    return floats;
  }
}
