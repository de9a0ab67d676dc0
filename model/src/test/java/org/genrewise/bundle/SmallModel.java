package org.genrewise.bundle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.genrewise.extraction.FeatureSettings;
import org.genrewise.network.GraphOptions;
import org.genrewise.network.NetworkSettings;
import org.genrewise.network.Precision;
import org.genrewise.network.Vgg19Bn;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Nesterovs;

/**
 * The smallest network that there is, after a few steps of training, and pictures to try it on.
 *
 * <p>Run as a program it writes the bundle that must load for ever, once for each format: {@code
 * SmallModel src/test/resources/bundle/format-1}.
 */
final class SmallModel {
  static final NetworkSettings SETTINGS =
      new NetworkSettings(3, 32, Collections.nCopies(16, 6), List.of(8, 6), 0.1);
  static final BundleInfo INFO =
      new BundleInfo(
          "small-1",
          List.of("Klavier/solo", "\"quoted\" {name}", "ロック"),
          SETTINGS,
          FeatureSettings.DEFAULT,
          Precision.FLOAT32,
          Map.of("track_accuracy", 0.75, "slice_loss", 1e-3),
          new Provenance(
              Map.of("seed", "5", "learning-rate", "0.01"),
              "00ff",
              12,
              Map.of("java", "17", "genrewise", "0.1.0"),
              Instant.parse("2026-11-22T18:00:00.123Z")));
  static final int PICTURES = 4;
  private static final int VALUES = 32 * 32 * 3;

  private SmallModel() {}

  static ComputationGraph trained() {
    ComputationGraph graph =
        Vgg19Bn.create(SETTINGS, GraphOptions.DEFAULT, new Nesterovs(0.01, 0.9), 5);
    for (int step = 0; step < 20; step++) {
      INDArray labels = Nd4j.eye(3).reshape(3, 3);
      graph.fit(
          new INDArray[] {Nd4j.create(pictures(3), new long[] {3, 32, 32, 3}, 'c')},
          new INDArray[] {labels});
    }
    return graph;
  }

  /** Stripes of different heights, with noise; the same on every machine. */
  static float[] pictures(int count) {
    Random random = new Random(11);
    float[] pictures = new float[count * VALUES];
    for (int i = 0; i < pictures.length; i++) {
      int picture = i / VALUES;
      int row = i % VALUES / (32 * 3);
      pictures[i] = (row / (picture + 1) % 2 == 0 ? 0.5f : -0.5f) + random.nextFloat() / 4;
    }
    return pictures;
  }

  public static void main(String[] arguments) throws IOException {
    Path directory = Path.of(arguments[0]);
    ModelBundle bundle = ModelBundle.save(directory, INFO, trained());
    StringBuilder expected = new StringBuilder();
    for (float p : bundle.network().probabilities(pictures(PICTURES), PICTURES)) {
      expected.append(p).append('\n');
    }
    Files.writeString(directory.resolveSibling(directory.getFileName() + ".txt"), expected);
  }
}
