package org.genrewise.bundle;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.genrewise.bundle.ImportSettings.ImageChoice;
import org.genrewise.extraction.FeatureSettings;
import org.genrewise.network.NetworkSettings;
import org.genrewise.network.PyTorchReference;
import org.genrewise.picture.ImageFormat;
import org.genrewise.testing.SharedData;
import org.genrewise.weights.SafetensorsWriter;
import org.genrewise.weights.TensorFile;
import org.genrewise.weights.WeightsException;
import org.genrewise.weights.layout.Ccmusic;
import org.genrewise.weights.layout.Layout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WeightsImportTest {
  private static final Path RESOURCES = Path.of("src/test/resources/weights");
  private static final Config NETWORK =
      ConfigFactory.parseFile(RESOURCES.resolve("network.json").toFile());
  private static final List<String> THREE = List.of("folk", "jazz", "rock");
  private static final int SIZE = 64;

  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({"network.pt, logits, F32", "network.half.pt, half_logits, F16"})
  void anImportedNetworkGivesPyTorchsLogits(String file, String expected, String type)
      throws IOException {
    ModelBundle bundle = imported(RESOURCES.resolve(file), settings(THREE));

    assertEquals(
        new NetworkSettings(3, SIZE, Collections.nCopies(16, 2), List.of(4), 0.5, ImageFormat.JPEG),
        bundle.info().network());
    assertEquals(THREE, bundle.info().classes());
    assertEquals(type, bundle.info().provenance().training().get("imported-types"));
    float[] logits = bundle.network().logits(pictures(), 2);
    for (int i = 0; i < logits.length; i++) {
      double value =
          NETWORK.getList(expected).get(i / 3).unwrapped() instanceof List<?> row
              ? ((Number) row.get(i % 3)).doubleValue()
              : Double.NaN;
      assertEquals(value, logits[i], 1e-4 * Math.max(1, Math.abs(value)));
    }
  }

  /** Written by PyTorch in its older format, without num_batches_tracked, as the old files are. */
  @Test
  void torchvisionsFeaturesAreTakenAndGetANewHead() throws IOException {
    ImportSettings settings = torchvision(7);
    ModelBundle bundle = imported(RESOURCES.resolve("network.torchvision.pt"), settings);

    assertEquals(
        new NetworkSettings(3, 32, Collections.nCopies(16, 2), List.of(200, 5), 0.5),
        bundle.info().network());
    assertTrue(bundle.info().provenance().isHeadUntrained());
    try (TensorFile weights = bundle.openWeights()) {
      for (String name : List.of("features.0.weight", "features.50.running_var")) {
        float[] values = weights.floats(name);
        List<Double> theirs = NETWORK.getDoubleList("torchvision_features.\"" + name + "\"");
        for (int i = 0; i < values.length; i++) {
          assertEquals(theirs.get(i).floatValue(), values[i]);
        }
      }
      // He et al.: normal, of variance 2 over the 2 values that enter
      float[] head = weights.floats("classifier.1.weight");
      double squares = 0;
      for (float value : head) {
        squares += value * value;
      }
      assertEquals(400, head.length);
      assertEquals(1, squares / head.length, 0.3);
      assertArrayEquals(new float[5], weights.floats("classifier.4.bias"));
    }
    assertEquals(
        bundle.version(),
        imported(RESOURCES.resolve("network.torchvision.pt"), torchvision(7)).version());
    assertFalse(
        bundle
            .version()
            .equals(
                imported(RESOURCES.resolve("network.torchvision.pt"), torchvision(8)).version()));
  }

  @Test
  void torchvisionsHeadIsCheckedThoughItIsNotTaken() throws IOException {
    Path changed =
        rewritten(
            "network.torchvision.pt",
            shapes -> {
              shapes.put("classifier.3.weight", List.of(5L, 3L));
              shapes.remove("classifier.6.bias");
              return shapes;
            });
    refused(
        changed,
        torchvision(1),
        "missing:\n    classifier.6.bias [7]",
        "classifier.3.weight is [5, 3], must be [5, 4]");
    refused(
        RESOURCES.resolve("network.torchvision.pt"),
        settings(List.of()),
        "which needs your classes");
  }

  @Test
  void everyDifferenceIsListedAndNothingIsWritten() throws IOException {
    Path changed =
        rewritten(
            "network.pt",
            shapes -> {
              shapes.remove("features.1.running_mean");
              shapes.remove("classifier.3.bias");
              shapes.put("features.99.weight", List.of(1L));
              shapes.put("evil\33[31m", List.of());
              shapes.put("features.3.weight", List.of(2L, 2L, 3L, 4L));
              return shapes;
            });
    String message =
        refused(
            changed,
            settings(THREE),
            "in the layout ccmusic",
            "missing:\n    features.1.running_mean [2]\n    classifier.3.bias [3]",
            "not expected:\n    evil?[31m F32 []\n    features.99.weight F32 [1]",
            "of a wrong shape or type:\n    features.3.weight is [2, 2, 3, 4], must be [2, 2, 3, 3]");
    assertFalse(message.contains("\33"), message);
  }

  @Test
  void otherNetworksAreRefused() throws IOException {
    refused(
        RESOURCES.resolve("kinds.pt"), settings(THREE), "float32 F32 [2, 3]", "features.49.bias");
    refused(RESOURCES.resolve("network.pt"), settings(List.of("a", "b")), "3 outputs", "2 names");
    refused(RESOURCES.resolve("network.pt"), settings(List.of()), "3 outputs", "16 names");
    refused(RESOURCES.resolve("network.pt"), settings(THREE, Layout.TORCHVISION), "classifier.6");
    refused(RESOURCES.resolve("network.pt"), settings(THREE, Layout.GENREWISE), "no export");
    Path huge =
        written(
            Map.of(
                "features.0.bias", List.of(0L, Long.MAX_VALUE), "classifier.9.bias", List.of(0L)));
    refused(huge, settings(THREE), "features.0.bias is [0, 9223372036854775807], must be [64]");
  }

  /** One stored value, stretched to the largest tensor. */
  @Test
  void moreValuesThanTheFileHoldsAreRefused() throws IOException {
    refused(RESOURCES.resolve("stretched.pt"), settings(THREE), "would have", "and the file has");
  }

  @Test
  void manyForeignTensorsAreCountedRatherThanListed() throws IOException {
    Path many =
        rewritten(
            "network.pt",
            shapes -> {
              for (int i = 0; i < 300; i++) {
                shapes.put("other" + i, List.of(1L));
              }
              return shapes;
            });
    refused(many, settings(THREE), "other0 F32 [1]", "and 100 more");
  }

  @Test
  void metadataThatWouldTakeForEverAreRefused() throws IOException {
    Path file = directory.resolve("layers.safetensors");
    String head = "1,".repeat(100_000) + "1";
    String manifest =
        """
        {"format": 2, "model-id": "m", "classes": ["a", "b"], "network": {"input-size": 32,
         "channels": [1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,%s], "head": [%s], "dropout": 0,
         "image-format": "jpeg"}}""";
    SafetensorsWriter.write(
        file, Map.of(), Map.of("genrewise", manifest.formatted("1", head)), (name, sink) -> {});
    refused(file, settings(THREE), "head must hold at most 16 sizes");
    Path large = directory.resolve("large.safetensors");
    SafetensorsWriter.write(
        large,
        Map.of(),
        Map.of("genrewise", manifest.formatted("2147483647", "1")),
        (name, sink) -> {});
    refused(large, settings(THREE), "channels must be 16 numbers from 1 to 65536");
  }

  @Test
  void namesBelowAPrefixAreFoundAndTakenWhenAskedFor() throws IOException {
    Path nested =
        rewritten(
            "network.pt",
            shapes -> {
              Map<String, List<Long>> below = new LinkedHashMap<>();
              shapes.forEach((name, shape) -> below.put("module." + name, shape));
              below.put("optimizer.step", List.of());
              return below;
            });
    refused(nested, settings(THREE), "say --set prefix=module.");
    ImportSettings below =
        new ImportSettings(
            Layout.AUTO,
            "module.",
            "",
            THREE,
            FeatureSettings.DEFAULT,
            ImageChoice.AUTO,
            0.5,
            32,
            List.of(),
            1);
    assertEquals(THREE, imported(nested, below).info().classes());
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  void valuesThatAreNotFiniteAreRefusedByTheNameOfTheirTensor(float value) throws IOException {
    refusedOnWriting("features.46.weight", value);
  }

  @Test
  void aNegativeVarianceIsRefused() throws IOException {
    refusedOnWriting("features.1.running_var", -1e-3f);
  }

  private void refusedOnWriting(String tensor, float value) throws IOException {
    Path bad = directory.resolve("bad.safetensors");
    try (TensorFile good = TensorFile.open(RESOURCES.resolve("network.pt"))) {
      SafetensorsWriter.write(
          bad,
          shapes(good),
          Map.of(),
          (name, sink) -> {
            float[] values = good.floats(name);
            if (name.equals(tensor)) {
              values[1] = value;
            }
            sink.accept(values, values.length);
          });
    }
    Path model = directory.resolve("model");
    WeightsException refused =
        assertThrows(WeightsException.class, () -> imported(bad, settings(THREE), model));
    assertTrue(
        refused.getMessage().endsWith(tensor + " holds the value " + value), refused.getMessage());
    try (var left = Files.list(directory)) {
      assertEquals(List.of(bad), left.toList());
    }
  }

  @Test
  void whatIsExportedComesBackAsItWas() throws IOException {
    ModelBundle original =
        ModelBundle.save(directory.resolve("original"), SmallModel.INFO, SmallModel.trained());
    Path file = directory.resolve("model.safetensors");
    WeightsExport.write(original, file, done -> {});
    ModelBundle back = imported(file, settings(List.of()));

    assertEquals(original.version(), back.version());
    assertEquals(original.info(), back.info());
  }

  @Test
  void anExportWithOtherWeightsLosesWhatWasMeasured() throws IOException {
    ModelBundle original =
        ModelBundle.save(directory.resolve("original"), SmallModel.INFO, SmallModel.trained());
    Path exported = directory.resolve("model.safetensors");
    WeightsExport.write(original, exported, done -> {});
    Path changed = directory.resolve("changed.safetensors");
    try (TensorFile file = TensorFile.open(exported)) {
      SafetensorsWriter.write(
          changed,
          shapes(file),
          file.metadata(),
          (name, sink) -> {
            float[] values = file.floats(name);
            values[0] += 1;
            sink.accept(values, values.length);
          });
    }
    BundleInfo info = imported(changed, settings(List.of())).info();

    assertEquals(SmallModel.INFO.classes(), info.classes());
    assertEquals(SmallModel.INFO.network(), info.network());
    assertEquals(Map.of(), info.metrics());
    assertEquals("changed.safetensors", info.provenance().training().get("imported-from"));
  }

  @Test
  void anExportWhoseMetadataMakeNoSenseIsRefused() throws IOException {
    Path file = directory.resolve("bad.safetensors");
    SafetensorsWriter.write(
        file, Map.of(), Map.of("genrewise", "{\"format\": 1}"), (name, sink) -> {});
    WeightsException refused =
        assertThrows(WeightsException.class, () -> WeightsImport.open(file, settings(List.of())));
    assertTrue(refused.getMessage().contains("its metadata"), refused.getMessage());
  }

  @Test
  void aCheckFileHoldsPicturesAndTheirLogits() throws IOException {
    ModelBundle bundle = imported(RESOURCES.resolve("network.pt"), settings(THREE));
    Path file = directory.resolve("check.safetensors");
    WeightsExport.writeCheck(bundle, file);
    try (TensorFile check = TensorFile.open(file)) {
      float[] theirs = check.floats("pictures");
      float[] ours = channelsLast(theirs, 4);
      assertArrayEquals(bundle.network().logits(ours, 4), check.floats("logits"), 1e-4f);
      assertEquals(List.of(4L, 3L, 64L, 64L), check.tensors().get("pictures").shape());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "vgg19bn_small.state_dict.pt, logits.f32",
    "vgg19bn_small.legacy.pt, logits.f32",
    "vgg19bn_small.safetensors, logits.f32",
    "vgg19bn_small.half.pt, logits_half.f32"
  })
  void theReferenceCheckpointsGiveTheirLogits(String name, String logits) throws IOException {
    Path file = SharedData.path("reference/torch/" + name);
    ModelBundle bundle = imported(file, settings(List.of()));

    assertEquals(Ccmusic.CLASSES, bundle.info().classes());
    float[] pictures = channelsLast(PyTorchReference.floats("input.f32"), 4);
    assertArrayEquals(PyTorchReference.floats(logits), bundle.network().logits(pictures, 4), 1e-4f);
  }

  @ParameterizedTest
  @CsvSource({
    "whole_module.pt, 'its pickle names __main__.VGG, which is no tensor'",
    "missing_key.pt, 'missing:\n    classifier.9.bias [16]'",
    "wrong_shape.pt, 'classifier.9.weight is [15, 24], must be [16, 24]'",
    "truncated.pt, was it cut off?",
    "truncated_legacy.pt, was it cut off?",
    "malicious.pt, 'its pickle names posix.system, which is no tensor, and nothing of it was run'",
    "malicious_legacy.pt, 'its pickle names posix.system, which is no tensor'"
  })
  void theReferenceFilesThatMustNotLoadAreRefused(String name, String reason) throws IOException {
    Path file = SharedData.path("reference/torch/" + name);
    // what running the malicious files would leave behind
    Path trace = Path.of(System.getProperty("java.io.tmpdir"), "pwned");
    Files.deleteIfExists(trace);

    refused(file, settings(List.of()), reason);
    assertFalse(Files.exists(trace), "a file was run");
  }

  private String refused(Path file, ImportSettings settings, String... reasons) {
    WeightsException refused = assertThrows(WeightsException.class, () -> imported(file, settings));
    for (String reason : reasons) {
      assertTrue(refused.getMessage().contains(reason), refused.getMessage());
    }
    assertTrue(refused.getMessage().startsWith(file + " is refused: "), refused.getMessage());
    return refused.getMessage();
  }

  private ModelBundle imported(Path file, ImportSettings settings) throws IOException {
    return imported(file, settings, Files.createTempDirectory(directory, "model").resolve("m"));
  }

  private static ModelBundle imported(Path file, ImportSettings settings, Path model)
      throws IOException {
    try (WeightsImport weights = WeightsImport.open(file, settings)) {
      long[] last = {0};
      weights.write(model, "test", done -> last[0] = done);
      assertEquals(weights.values(), last[0]);
    }
    return ModelBundle.load(model);
  }

  private static ImportSettings settings(List<String> classes) {
    return settings(classes, Layout.AUTO);
  }

  private static ImportSettings settings(List<String> classes, Layout layout) {
    return new ImportSettings(
        layout,
        "",
        "",
        classes,
        FeatureSettings.DEFAULT,
        ImageChoice.AUTO,
        0.5,
        32,
        List.of(200, 5),
        1);
  }

  private static ImportSettings torchvision(long seed) {
    return new ImportSettings(
        Layout.AUTO,
        "",
        "",
        THREE,
        FeatureSettings.DEFAULT,
        ImageChoice.AUTO,
        0.5,
        32,
        List.of(200, 5),
        seed);
  }

  /** The tensors of a file under other names or shapes, all zeros. */
  private Path rewritten(String name, UnaryOperator<Map<String, List<Long>>> change)
      throws IOException {
    try (TensorFile file = TensorFile.open(RESOURCES.resolve(name))) {
      return written(change.apply(shapes(file)));
    }
  }

  private Path written(Map<String, List<Long>> shapes) throws IOException {
    Path file = directory.resolve("rewritten.safetensors");
    SafetensorsWriter.write(
        file,
        shapes,
        Map.of(),
        (name, sink) -> {
          int count = (int) shapes.get(name).stream().mapToLong(d -> d).reduce(1, (a, b) -> a * b);
          sink.accept(new float[count], count);
        });
    return file;
  }

  private static Map<String, List<Long>> shapes(TensorFile file) {
    Map<String, List<Long>> shapes = new LinkedHashMap<>();
    file.tensors()
        .forEach(
            (name, tensor) -> {
              if (tensor.type().fitsFloat()) {
                shapes.put(name, tensor.shape());
              }
            });
    return shapes;
  }

  /** As make_checkpoints.py has them. */
  private static float[] pictures() {
    float[] pictures = new float[2 * 3 * SIZE * SIZE];
    for (int i = 0; i < pictures.length; i++) {
      pictures[i] = (float) Math.sin(0.001 * i * i);
    }
    return channelsLast(pictures, 2);
  }

  private static float[] channelsLast(float[] values, int count) {
    int pixels = values.length / count / 3;
    float[] turned = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      int picture = i / (3 * pixels);
      turned[(picture * pixels + i % pixels) * 3 + i / pixels % 3] = values[i];
    }
    return turned;
  }
}
