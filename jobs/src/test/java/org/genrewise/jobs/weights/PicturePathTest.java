package org.genrewise.jobs.weights;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.genrewise.audio.AudioException;
import org.genrewise.audio.DecoderSettings;
import org.genrewise.audio.StandardAudioDecoder;
import org.genrewise.bundle.ImportSettings;
import org.genrewise.bundle.ImportSettings.ImageChoice;
import org.genrewise.bundle.ModelBundle;
import org.genrewise.bundle.WeightsImport;
import org.genrewise.extraction.FeatureExtractor;
import org.genrewise.extraction.FeatureSettings;
import org.genrewise.inference.CompiledNetwork;
import org.genrewise.network.PyTorchParameters;
import org.genrewise.picture.ImageFormat;
import org.genrewise.picture.PictureRenderer;
import org.genrewise.picture.Slice;
import org.genrewise.testing.SharedData;
import org.genrewise.weights.FloatSource;
import org.genrewise.weights.SafetensorsWriter;
import org.genrewise.weights.TensorFile;
import org.genrewise.weights.layout.Layout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What imported networks say of real music, from our pictures and from the reference demo's: those
 * are ours through JPEG, bit for bit (see ReferencePictureTest). benchmarks/import_peer.py goes the
 * whole way beside the demo's own code.
 */
class PicturePathTest {
  private static final int HEADS = 20;
  private static final int SIZE = 64;

  @TempDir Path folder;

  @Test
  void importedNetworksSayTheSameOfOurPicturesAndOfTheReferences() throws Exception {
    Path checkpoint = SharedData.path("reference/torch/vgg19bn_small.state_dict.pt");
    List<Slice> slices = slices(SharedData.path("audio/library"));
    float[] references = pictures(slices, new PictureRenderer(SIZE, SIZE, ImageFormat.JPEG));
    float[] lossless = pictures(slices, new PictureRenderer(SIZE));
    int same = 0;
    for (int head = 0; head < HEADS; head++) {
      ModelBundle bundle = imported(withRandomHead(checkpoint, head));
      CompiledNetwork network = bundle.network();
      int[] expected = top(network, references, slices.size());
      if (head == 0) {
        float[] own = pictures(slices, bundle.info().network().pictureRenderer());
        assertEquals(0, differences(expected, top(network, own, slices.size())));
      }
      same += slices.size() - differences(expected, top(network, lossless, slices.size()));
    }
    double share = (double) same / (HEADS * slices.size());
    assertTrue(share >= 0.95, "lossless pictures: the same for " + share);
    assertTrue(share < 1, "the two kinds of pictures do not differ");
  }

  private static List<Slice> slices(Path library) throws IOException, AudioException {
    StandardAudioDecoder decoder = new StandardAudioDecoder(DecoderSettings.DEFAULT);
    FeatureExtractor extractor = new FeatureExtractor(FeatureSettings.DEFAULT);
    List<Slice> slices = new ArrayList<>();
    try (Stream<Path> files = Files.walk(library)) {
      for (Path file : files.filter(f -> f.getFileName().toString().startsWith("track")).toList()) {
        slices.addAll(extractor.extract(decoder.open(file)).slices());
      }
    }
    assertTrue(slices.size() >= 96, slices.size() + " slices");
    return slices;
  }

  private static float[] pictures(List<Slice> slices, PictureRenderer renderer) {
    float[] pictures = new float[slices.size() * renderer.values()];
    for (int i = 0; i < slices.size(); i++) {
      renderer.render(slices.get(i), pictures, i * renderer.values());
    }
    return pictures;
  }

  /** The checkpoint with dense layers of normal random numbers. */
  private Path withRandomHead(Path checkpoint, int seed) throws IOException {
    Path file = folder.resolve("head" + seed + ".safetensors");
    try (TensorFile tensors = TensorFile.open(checkpoint);
        WeightsImport whole = WeightsImport.open(checkpoint, settings())) {
      Map<String, List<Long>> shapes = new PyTorchParameters(whole.network()).shapes();
      Random random = new Random(seed);
      FloatSource values =
          (name, sink) -> {
            float[] own = tensors.floats(name);
            List<Long> shape = shapes.get(name);
            double deviation = shape.size() == 2 ? Math.sqrt(2.0 / shape.get(1)) : 0.1;
            for (int i = 0; name.startsWith("classifier") && i < own.length; i++) {
              own[i] = (float) (random.nextGaussian() * deviation);
            }
            sink.accept(own, own.length);
          };
      SafetensorsWriter.write(file, shapes, Map.of(), values);
    }
    return file;
  }

  private ModelBundle imported(Path checkpoint) throws IOException {
    Path model = folder.resolve("model-" + checkpoint.getFileName());
    try (WeightsImport weights = WeightsImport.open(checkpoint, settings())) {
      return weights.write(model, "test", done -> {});
    }
  }

  private static ImportSettings settings() {
    return new ImportSettings(
        Layout.AUTO,
        "",
        "",
        List.of(),
        FeatureSettings.DEFAULT,
        ImageChoice.AUTO,
        0.5,
        SIZE,
        List.of(),
        1);
  }

  private static int[] top(CompiledNetwork network, float[] pictures, int count) {
    float[] logits = network.logits(pictures, count);
    int classes = network.settings().classes();
    int[] top = new int[count];
    for (int i = 0; i < count; i++) {
      for (int j = 1; j < classes; j++) {
        if (logits[i * classes + j] > logits[i * classes + top[i]]) {
          top[i] = j;
        }
      }
    }
    return top;
  }

  private static int differences(int[] expected, int[] actual) {
    int differences = 0;
    for (int i = 0; i < expected.length; i++) {
      differences += expected[i] == actual[i] ? 0 : 1;
    }
    return differences;
  }
}
