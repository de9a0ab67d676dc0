package org.genrewise.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.genrewise.weights.FloatSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.Sgd;

class Vgg19BnTest {

  @ParameterizedTest
  @ValueSource(ints = {8, 16})
  void holdsTheParametersOfItsSettings(int divisor) {
    NetworkSettings settings = NetworkSettings.of(16, new Width(divisor), 64);
    ComputationGraph graph = create(settings, new Sgd(0.1), 1);
    long statistics = 2L * settings.channels().stream().mapToInt(Integer::intValue).sum();
    assertEquals(settings.parameterCount() + statistics, graph.numParams());
  }

  @Test
  void givesAProbabilityForEachClass() {
    INDArray p = create(tiny(0.5), new Sgd(0.1), 1).outputSingle(batch(3).getFeatures());
    assertArrayEquals(new long[] {3, 4}, p.shape());
    assertArrayEquals(new float[] {1, 1, 1}, p.sum(1).toFloatVector(), 1e-5f);
  }

  @Test
  void equalSeedsGiveEqualTraining() {
    ComputationGraph first = create(tiny(0.5), new Nesterovs(0.01, 0.9), 7);
    ComputationGraph second = create(tiny(0.5), new Nesterovs(0.01, 0.9), 7);
    for (int i = 0; i < 3; i++) {
      first.fit(batch(4));
      second.fit(batch(4));
    }
    assertEquals(first.params(), second.params());
  }

  @Test
  void otherSeedsGiveOtherWeightsAndOtherMasks() {
    ComputationGraph first = create(tiny(0.5), new Sgd(0.01), 7);
    ComputationGraph second = create(tiny(0.5), new Sgd(0.01), 8);
    assertFalse(first.params().equals(second.params()));
    second.setParams(first.params());
    assertTrue(Math.abs(loss(first, batch(4)) - loss(second, batch(4))) > 1e-6);
  }

  @Test
  void masksChangeFromStepToStep() {
    ComputationGraph graph = create(tiny(0.5), new Sgd(0), 7);
    double before = loss(graph, batch(4));
    graph.fit(batch(4));
    assertTrue(Math.abs(before - loss(graph, batch(4))) > 1e-6);
  }

  @Test
  void withoutDropoutTrainingSeesTheWholeInput() {
    ComputationGraph graph = create(tiny(0), new Sgd(0.1), 7);
    assertEquals(loss(graph, batch(4)), loss(graph, batch(4)), 0);
  }

  @Test
  void learnsToTellStripesApart() {
    NetworkSettings settings =
        new NetworkSettings(4, 32, Collections.nCopies(16, 8), List.of(16), 0);
    ComputationGraph graph = create(settings, new Nesterovs(0.005, 0.9), 3);
    for (int i = 0; i < 60; i++) {
      graph.fit(batch(8, i));
    }
    DataSet unseen = batch(16, -1);
    int[] expected = unseen.getLabels().argMax(1).toIntVector();
    int[] actual = graph.outputSingle(unseen.getFeatures()).argMax(1).toIntVector();
    long right = IntStream.range(0, 16).filter(i -> expected[i] == actual[i]).count();
    assertTrue(right >= 14, right + " of 16 right");
  }

  @Test
  void labelsTimesClassWeightsMakeAWeightedMean() {
    float[] weights = {1, 2, 3, 4};
    ComputationGraph graph = create(tiny(0), new Sgd(0.1), 5);
    DataSet batch = batch(4);
    graph.setInput(0, batch.getFeatures());
    INDArray p = graph.feedForward(true).get(Vgg19Bn.OUTPUT);
    double sum = 0;
    for (int i = 0; i < 4; i++) {
      sum -= weights[i] * Math.log(p.getDouble(i, i));
    }
    batch.getLabels().muliRowVector(Nd4j.createFromArray(weights));
    assertEquals(sum / 10, loss(graph, batch), 1e-5);
    assertEquals(sum / 10, graph.score(batch, true), 1e-5);
  }

  @Test
  void softLabelsMixTheLossesOfTheirClasses() {
    ComputationGraph graph = create(tiny(0), new Sgd(0.1), 5);
    DataSet batch = batch(4);
    INDArray labels = batch.getLabels().dup();
    double own = loss(graph, batch);
    batch.setLabels(Nd4j.reverse(labels.dup()));
    double other = loss(graph, batch);
    batch.setLabels(labels.mul(0.75).addi(Nd4j.reverse(labels.dup()).muli(0.25)));
    assertEquals(0.75 * own + 0.25 * other, loss(graph, batch), 1e-5);
  }

  @Test
  void equalClassWeightsChangeNothing() {
    ComputationGraph plain = create(tiny(0), new Sgd(0.1), 5);
    ComputationGraph weighted = create(tiny(0), new Sgd(0.1), 5);
    DataSet batch = batch(4);
    plain.fit(batch);
    batch.getLabels().muli(3);
    weighted.fit(batch);
    assertArrayEquals(
        plain.params().reshape(-1).toFloatVector(),
        weighted.params().reshape(-1).toFloatVector(),
        1e-6f);
  }

  @Test
  void restoredIsIdenticalAndTrainsOnAlike() throws IOException {
    ComputationGraph graph = create(tiny(0.5), new Adam(0.001), 9);
    graph.fit(batch(4));
    graph.fit(batch(4));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ModelSerializer.writeModel(graph, bytes, true);
    ComputationGraph restored =
        ModelSerializer.restoreComputationGraph(
            new ByteArrayInputStream(bytes.toByteArray()), true);

    assertEquals(graph.params(), restored.params());
    assertEquals(graph.getUpdater().getStateViewArray(), restored.getUpdater().getStateViewArray());
    assertEquals(graph.getConfiguration(), restored.getConfiguration());
    INDArray pictures = batch(3).getFeatures();
    assertEquals(graph.outputSingle(pictures), restored.outputSingle(pictures));
    graph.fit(batch(4));
    restored.fit(batch(4));
    assertEquals(graph.params(), restored.params());
  }

  @Test
  void refusesLabelsThatAreNegativeOrNothing() {
    ComputationGraph graph = create(tiny(0), new Sgd(0.1), 1);
    DataSet batch = batch(2);
    batch.getLabels().putScalar(0, 0, -0.5);
    IllegalArgumentException error =
        assertThrows(IllegalArgumentException.class, () -> graph.fit(batch));
    assertTrue(error.getMessage().contains("-0.5"), error.getMessage());
    batch.getLabels().assign(0);
    assertThrows(IllegalArgumentException.class, () -> graph.fit(batch));
  }

  @Test
  void refusesParametersOfOtherNamesAndSizes() {
    ComputationGraph graph = create(tiny(0), new Sgd(0.1), 1);
    PyTorchParameters parameters = new PyTorchParameters(tiny(0));
    IllegalArgumentException name =
        assertThrows(
            IllegalArgumentException.class,
            () -> parameters.write(graph, "features.2.weight", FloatSource.of(new float[1])));
    assertTrue(name.getMessage().contains("features.2.weight"), name.getMessage());
    IllegalArgumentException size =
        assertThrows(
            IllegalArgumentException.class,
            () -> parameters.write(graph, "features.0.bias", FloatSource.of(new float[3])));
    assertTrue(size.getMessage().contains("2"), size.getMessage());
    assertThrows(
        IllegalArgumentException.class,
        () -> parameters.write(graph, "features.0.bias", FloatSource.of(new float[1])));
  }

  static NetworkSettings tiny(double dropout) {
    return new NetworkSettings(4, 32, Collections.nCopies(16, 2), List.of(8, 6), dropout);
  }

  static ComputationGraph create(NetworkSettings settings, IUpdater updater, long seed) {
    return Vgg19Bn.create(settings, GraphOptions.DEFAULT, updater, seed);
  }

  /** Stripes of 4 kinds (rising, falling, level, upright) with noise; class i % 4 for picture i. */
  static DataSet batch(int count) {
    return batch(count, count);
  }

  private static DataSet batch(int count, long seed) {
    INDArray pictures = Nd4j.create(DataType.FLOAT, count, 32, 32, 3);
    INDArray labels = Nd4j.zeros(DataType.FLOAT, count, 4);
    SplittableRandom random = new SplittableRandom(seed);
    int[][] direction = {{1, 1}, {1, -1}, {1, 0}, {0, 1}};
    for (int i = 0; i < count; i++) {
      labels.putScalar(i, i % 4, 1);
      double phase = random.nextDouble(6);
      for (int y = 0; y < 32; y++) {
        for (int x = 0; x < 32; x++) {
          double wave = Math.sin(phase + 0.8 * (direction[i % 4][0] * y + direction[i % 4][1] * x));
          for (int c = 0; c < 3; c++) {
            pictures.putScalar(i, y, x, c, 0.8 * wave + random.nextDouble(-0.2, 0.2));
          }
        }
      }
    }
    return new DataSet(pictures, labels);
  }

  static double loss(ComputationGraph graph, DataSet batch) {
    graph.setInputs(batch.getFeatures());
    graph.setLabels(batch.getLabels());
    graph.computeGradientAndScore();
    return graph.score();
  }
}
