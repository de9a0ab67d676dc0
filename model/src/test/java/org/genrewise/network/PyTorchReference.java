package org.genrewise.network;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.genrewise.testing.SharedData;
import org.genrewise.weights.FloatSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;

/** The small checkpoint in shared/data/reference/torch and what PyTorch computed with it. */
public final class PyTorchReference {

  private static final String FOLDER = "reference/torch/";

  public static final NetworkSettings SETTINGS =
      new NetworkSettings(
          16,
          64,
          List.of(4, 4, 8, 8, 16, 16, 16, 16, 32, 32, 32, 32, 32, 32, 32, 32),
          List.of(64, 32, 24),
          0);

  private PyTorchReference() {}

  /** A graph with the checkpoint's parameters. Skips the test where the data is not there. */
  public static ComputationGraph graph() {
    ComputationGraph graph = Vgg19Bn.create(SETTINGS, GraphOptions.DEFAULT, new Sgd(0.1), 1);
    load(graph);
    return graph;
  }

  /** Gives a graph of {@link #SETTINGS} the checkpoint's parameters. */
  public static void load(ComputationGraph graph) {
    SafetensorsFile file = file();
    PyTorchParameters parameters = new PyTorchParameters(SETTINGS);
    try {
      for (String name : parameters.shapes().keySet()) {
        parameters.write(graph, name, FloatSource.of(file.floats(name)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static SafetensorsFile file() {
    return new SafetensorsFile(SharedData.path(FOLDER + "vgg19bn_small.safetensors"));
  }

  static Config index() {
    return ConfigFactory.parseFile(SharedData.path(FOLDER + "index.json").toFile());
  }

  public static float[] floats(String file) {
    return SharedData.floats(FOLDER + file);
  }

  /** The 4 pictures, NHWC, row by row. */
  public static float[] values() {
    return pictures().reshape(-1).toFloatVector();
  }

  /** Of the pictures. */
  public static int[] labels() {
    return index().getIntList("train.labels").stream().mapToInt(Integer::intValue).toArray();
  }

  /** One-hot, [4, classes], row by row. */
  public static float[] targets() {
    int[] labels = labels();
    float[] targets = new float[labels.length * SETTINGS.classes()];
    for (int i = 0; i < labels.length; i++) {
      targets[i * SETTINGS.classes() + labels[i]] = 1;
    }
    return targets;
  }

  /** The 4 pictures, NHWC. */
  public static INDArray pictures() {
    int size = SETTINGS.inputSize();
    return Nd4j.createFromArray(floats("input.f32"))
        .reshape('c', 4, 3, size, size)
        .permute(0, 2, 3, 1)
        .dup('c');
  }
}
