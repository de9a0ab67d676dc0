package org.genrewise.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.genrewise.network.GraphOptions.Recompute;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.ops.transforms.Transforms;

class GraphOptionsTest {

  /** Channels that differ inside the blocks, too. */
  private static final NetworkSettings SETTINGS =
      new NetworkSettings(
          4, 32, List.of(3, 2, 4, 5, 2, 6, 3, 4, 2, 2, 5, 4, 3, 4, 4, 6), List.of(8, 6), 0.5);

  static List<GraphOptions> all() {
    List<GraphOptions> all = new ArrayList<>();
    for (Precision precision : Precision.values()) {
      for (Recompute recompute : Recompute.values()) {
        for (BatchNormMode batchNorm : BatchNormMode.values()) {
          all.add(new GraphOptions(precision, recompute, false, batchNorm));
          all.add(new GraphOptions(precision, recompute, true, batchNorm));
        }
      }
    }
    return all;
  }

  @ParameterizedTest
  @CsvSource({
    "FLOAT32, TRAINING",
    "FLOAT32, EVALUATION",
    "FLOAT16, TRAINING",
    "FLOAT16, EVALUATION"
  })
  void recomputingChangesNoNumber(Precision precision, BatchNormMode batchNorm) {
    try (TrainingNetwork kept = network(precision, Recompute.NONE, batchNorm);
        TrainingNetwork again = network(precision, Recompute.BLOCKS, batchNorm)) {
      assertEquals(kept.parameters(), again.parameters());
      for (int i = 0; i < 3; i++) {
        assertEquals(backward(kept, 16), backward(again, 16));
        assertArrayEquals(
            kept.gradient().toFloatVector(), again.gradient().toFloatVector(), "step " + i);
        // With the steps of the running statistics, which evaluation then sees.
        kept.parameters().subi(kept.gradient().mul(1e-3));
        again.parameters().subi(again.gradient().mul(1e-3));
        assertArrayEquals(
            kept.probabilities(Float16NetworkTest.pictures(), 4),
            again.probabilities(Float16NetworkTest.pictures(), 4));
      }
    }
  }

  @Test
  void recomputingTellsTheSameOfGradients() {
    try (TrainingNetwork kept = network(Precision.FLOAT16, Recompute.NONE, BatchNormMode.TRAINING);
        TrainingNetwork again =
            network(Precision.FLOAT16, Recompute.BLOCKS, BatchNormMode.TRAINING)) {
      float[] pictures = Float16NetworkTest.pictures();
      float[] labels = Float16NetworkTest.labels();
      assertEquals(
          kept.underflow(pictures, 4, labels, 8, 1), again.underflow(pictures, 4, labels, 8, 1));
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void everyGraphHoldsTheSameParametersInTheSamePlaces(GraphOptions options) {
    ComputationGraph graph = Vgg19Bn.create(SETTINGS, options, new Sgd(0), 3);
    ComputationGraph usual = Vgg19Bn.create(SETTINGS, GraphOptions.DEFAULT, new Sgd(0), 3);
    assertEquals(usual.params(), graph.params());
    PyTorchParameters parameters = new PyTorchParameters(SETTINGS);
    for (String name : parameters.shapes().keySet()) {
      assertArrayEquals(parameters.read(usual, name), parameters.read(graph, name), name);
    }
    FoldedParameters expected = FoldedParameters.of(usual, SETTINGS);
    FoldedParameters folded = FoldedParameters.of(graph, SETTINGS);
    for (int i = 0; i < expected.convolutions().size(); i++) {
      assertEquals(expected.convolutions().get(i).weight(), folded.convolutions().get(i).weight());
      assertEquals(expected.convolutions().get(i).bias(), folded.convolutions().get(i).bias());
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void restoredIsIdenticalAndTrainsOnAlike(GraphOptions options) throws IOException {
    ComputationGraph graph = Vgg19Bn.create(SETTINGS, options, new Adam(0.001), 9);
    graph.fit(Vgg19BnTest.batch(4));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ModelSerializer.writeModel(graph, bytes, true);
    ComputationGraph restored =
        ModelSerializer.restoreComputationGraph(
            new ByteArrayInputStream(bytes.toByteArray()), true);
    assertEquals(graph.params(), restored.params());
    assertEquals(graph.getUpdater().getStateViewArray(), restored.getUpdater().getStateViewArray());
    INDArray pictures = Vgg19BnTest.batch(3).getFeatures();
    assertEquals(graph.outputSingle(pictures), restored.outputSingle(pictures));
    graph.fit(Vgg19BnTest.batch(4));
    restored.fit(Vgg19BnTest.batch(4));
    assertEquals(graph.params(), restored.params());
  }

  @ParameterizedTest
  @CsvSource({
    "FLOAT32, TRAINING",
    "FLOAT32, EVALUATION",
    "FLOAT16, TRAINING",
    "FLOAT16, EVALUATION"
  })
  void frozenFeaturesHaveAGradientOfZeroButForStepsOfStatistics(
      Precision precision, BatchNormMode batchNorm) {
    GraphOptions options = new GraphOptions(precision, Recompute.NONE, true, batchNorm);
    try (TrainingNetwork network = new TrainingNetwork(SETTINGS, options, 3)) {
      backward(network, 1);
      network.gradient().assign(7);
      backward(network, 16);
      for (ParameterTable.Entry entry : network.table().entries()) {
        double largest = entry.view(network.gradient()).amaxNumber().doubleValue();
        boolean steps =
            batchNorm == BatchNormMode.TRAINING && entry.kind() == ParameterTable.Kind.STATISTIC;
        assertEquals(!entry.isFeature() || steps, largest > 0, entry.vertex() + "." + entry.key());
      }
    }
  }

  @Test
  void frozenFeaturesGiveTheHeadWhatEvaluationModeGives() {
    NetworkSettings settings = Vgg19BnTest.tiny(0);
    ComputationGraph trained = Vgg19Bn.create(settings, GraphOptions.DEFAULT, new Sgd(0.05), 3);
    DataSet batch = Vgg19BnTest.batch(4);
    for (int i = 0; i < 3; i++) {
      trained.fit(batch);
    }
    INDArray map = trained.feedForward(batch.getFeatures(), false).get("features.52");
    INDArray x = map.dup('c').reshape(4, settings.featureCount());
    ComputationGraph frozen =
        Vgg19Bn.create(
            settings,
            new GraphOptions(Precision.FLOAT32, Recompute.NONE, true, BatchNormMode.EVALUATION),
            new Sgd(0),
            1);
    frozen.setParams(trained.params());
    Vgg19BnTest.loss(frozen, batch);

    List<String> names = LayerNames.of(settings).dense();
    INDArray[] inputs = new INDArray[names.size() + 1];
    inputs[0] = x;
    for (int i = 0; i < names.size(); i++) {
      INDArray sum =
          inputs[i]
              .mmul(of(frozen, names.get(i), DenseBlock.WEIGHT))
              .addiRowVector(of(frozen, names.get(i), DenseBlock.BIAS));
      inputs[i + 1] = i + 1 < names.size() ? Transforms.relu(sum) : Transforms.softmax(sum);
    }
    INDArray gradient = inputs[names.size()].sub(batch.getLabels()).divi(4);
    ParameterTable table = ParameterTable.of(settings);
    for (int i = names.size() - 1; i >= 0; i--) {
      assertClose(
          inputs[i].transpose().mmul(gradient),
          table.entry(names.get(i), DenseBlock.WEIGHT).view(frozen.getFlattenedGradients()));
      assertClose(
          gradient.sum(0),
          table.entry(names.get(i), DenseBlock.BIAS).view(frozen.getFlattenedGradients()));
      gradient =
          gradient
              .mmul(of(frozen, names.get(i), DenseBlock.WEIGHT).transpose())
              .muli(inputs[i].gt(0).castTo(DataType.FLOAT));
    }
  }

  private static INDArray of(ComputationGraph graph, String layer, String key) {
    return graph.getLayer(layer).getParam(key);
  }

  private static void assertClose(INDArray expected, INDArray actual) {
    assertTrue(expected.amaxNumber().doubleValue() > 0);
    assertArrayEquals(
        Nd4j.toFlattened('c', expected).toFloatVector(),
        Nd4j.toFlattened('c', actual).toFloatVector(),
        1e-5f);
  }

  private static TrainingNetwork network(
      Precision precision, Recompute recompute, BatchNormMode batchNorm) {
    return new TrainingNetwork(
        SETTINGS, new GraphOptions(precision, recompute, false, batchNorm), 3);
  }

  private static double backward(TrainingNetwork network, double scale) {
    return Float16NetworkTest.backward(network, scale);
  }
}
