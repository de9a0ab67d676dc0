package org.genrewise.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.Config;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/** The network against PyTorch, with PyTorch's parameters. */
class PyTorchParityTest {

  private static final PyTorchParameters PARAMETERS =
      new PyTorchParameters(PyTorchReference.SETTINGS);

  @Test
  void namesAndShapesAreThoseOfTheCheckpoint() {
    SafetensorsFile file = PyTorchReference.file();
    PARAMETERS.shapes().forEach((name, shape) -> assertEquals(file.shape(name), shape, name));
  }

  @Test
  void parametersReadBackAreThoseOfTheCheckpoint() {
    SafetensorsFile file = PyTorchReference.file();
    ComputationGraph graph = PyTorchReference.graph();
    for (String name : PARAMETERS.shapes().keySet()) {
      assertArrayEquals(file.floats(name), PARAMETERS.read(graph, name), name);
    }
  }

  @Test
  void evaluationLogitsAreThoseOfPyTorch() {
    ComputationGraph graph = PyTorchReference.graph();
    assertArrayEquals(PyTorchReference.floats("logits.f32"), flat(logits(graph, false)), 1e-4f);
  }

  @Test
  void probabilitiesAreTheSoftmaxOfTheLogits() {
    ComputationGraph graph = PyTorchReference.graph();
    INDArray logits = Nd4j.createFromArray(PyTorchReference.floats("logits.f32")).reshape(4, 16);
    assertArrayEquals(
        flat(Transforms.softmax(logits)),
        flat(graph.outputSingle(PyTorchReference.pictures())),
        1e-5f);
  }

  @Test
  void trainingLossAndLogitsAreThoseOfPyTorch() {
    ComputationGraph graph = PyTorchReference.graph();
    assertArrayEquals(
        PyTorchReference.floats("train_logits.f32"), flat(logits(graph, true)), 1e-4f);
    backward(graph);
    assertEquals(PyTorchReference.index().getDouble("train.loss"), graph.score(), 1e-4);
  }

  @Test
  void everyGradientIsThatOfPyTorch() {
    ComputationGraph graph = PyTorchReference.graph();
    backward(graph);
    Config index = PyTorchReference.index().getConfig("train.gradients.index");
    float[] all = PyTorchReference.floats("train_gradients.f32");
    for (String name : PARAMETERS.shapes().keySet()) {
      if (isStatistic(name)) {
        continue;
      }
      float[] expected = slice(all, index, name);
      float[] actual = PARAMETERS.readGradient(graph, name);
      double scale = isBeforeBatchNorm(name) ? 1 : largest(expected);
      assertArrayEquals(expected, actual, (float) (1e-3 * scale), name);
    }
  }

  @Test
  void runningStatisticsAfterAStepAreThoseOfPyTorch() {
    ComputationGraph graph = PyTorchReference.graph();
    graph.fit(batch());
    Config index = PyTorchReference.index().getConfig("train.running_statistics_after.index");
    float[] all = PyTorchReference.floats("train_running_after.f32");
    for (String name : PARAMETERS.shapes().keySet()) {
      if (isStatistic(name)) {
        float[] expected = slice(all, index, name);
        assertArrayEquals(
            expected,
            PARAMETERS.read(graph, name),
            (float) (1e-5 * Math.max(1, largest(expected))),
            name);
      }
    }
  }

  private static boolean isStatistic(String name) {
    return name.contains("running");
  }

  /** The bias of a convolution, whose gradient in PyTorch is rounding noise. */
  private static boolean isBeforeBatchNorm(String name) {
    return name.endsWith("bias")
        && PARAMETERS.shapes().get(name.replace("bias", "weight")).size() == 4;
  }

  private static void backward(ComputationGraph graph) {
    DataSet batch = batch();
    graph.setInputs(batch.getFeatures());
    graph.setLabels(batch.getLabels());
    graph.computeGradientAndScore();
  }

  private static DataSet batch() {
    INDArray labels = Nd4j.zeros(4, PyTorchReference.SETTINGS.classes());
    List<Integer> classes = PyTorchReference.index().getIntList("train.labels");
    for (int i = 0; i < classes.size(); i++) {
      labels.putScalar(i, classes.get(i), 1);
    }
    return new DataSet(PyTorchReference.pictures(), labels);
  }

  private static INDArray logits(ComputationGraph graph, boolean training) {
    Map<String, INDArray> activations = graph.feedForward(PyTorchReference.pictures(), training);
    return activations.get(Vgg19Bn.logits(PyTorchReference.SETTINGS));
  }

  private static float[] slice(float[] all, Config index, String name) {
    int from = index.getInt('"' + name + "\".offset_bytes") / Float.BYTES;
    return Arrays.copyOfRange(all, from, from + index.getInt('"' + name + "\".count"));
  }

  private static double largest(float[] values) {
    double largest = 0;
    for (float value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    assertTrue(largest > 0);
    return largest;
  }

  private static float[] flat(INDArray array) {
    return array.dup('c').reshape(array.length()).toFloatVector();
  }
}
