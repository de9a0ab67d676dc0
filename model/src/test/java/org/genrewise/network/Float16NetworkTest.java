package org.genrewise.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.genrewise.network.GraphOptions.Recompute;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

class Float16NetworkTest {

  private static final GraphOptions FLOAT16 =
      new GraphOptions(Precision.FLOAT16, Recompute.NONE, false, BatchNormMode.TRAINING);

  /** In very few channels a unit that is on in 32 bits and off in 16 turns a gradient. */
  private static final NetworkSettings WIDER = NetworkSettings.of(4, new Width(4), 32);

  @Test
  void lossAndProbabilitiesAreThoseOf32BitsButForRounding() {
    try (TrainingNetwork half = network(FLOAT16);
        TrainingNetwork wide = network(GraphOptions.DEFAULT)) {
      double expected = backward(wide, 1);
      assertEquals(expected, backward(half, 1024), 0.02 * expected);
      double[][] p = wide.probabilities(pictures(), 4);
      double[][] q = half.probabilities(pictures(), 4);
      for (int i = 0; i < p.length; i++) {
        assertArrayEquals(p[i], q[i], 0.02);
      }
    }
  }

  /** With the statistics that some steps have left. */
  @Test
  void gradientsWithConstantStatisticsAreThoseOf32BitsButForRounding() {
    try (TrainingNetwork wide = evaluating(Precision.FLOAT32);
        TrainingNetwork half = evaluating(Precision.FLOAT16)) {
      INDArray parameters = afterSomeSteps();
      wide.parameters().assign(parameters);
      half.parameters().assign(parameters);
      double expected = backward(wide, 1);
      assertEquals(expected, backward(half, 1024), 0.02 * expected);
      half.gradient().divi(1024);
      for (ParameterTable.Entry entry : wide.table().entries()) {
        INDArray gradient = entry.view(wide.gradient());
        double size = gradient.norm2Number().doubleValue();
        double distance = entry.view(half.gradient()).distance2(gradient);
        String name = entry.vertex() + "." + entry.key();
        boolean learns = entry.kind() != ParameterTable.Kind.STATISTIC;
        assertEquals(learns, size > 0, name);
        assertTrue(distance <= 0.3 * size, name + " is off by " + distance / size);
      }
    }
  }

  private static TrainingNetwork evaluating(Precision precision) {
    return new TrainingNetwork(
        WIDER, new GraphOptions(precision, Recompute.NONE, false, BatchNormMode.EVALUATION), 3);
  }

  private static INDArray afterSomeSteps() {
    try (TrainingNetwork network = new TrainingNetwork(WIDER, GraphOptions.DEFAULT, 3)) {
      for (int i = 0; i < 20; i++) {
        backward(network, 1);
        for (ParameterTable.Entry entry : network.table().entries()) {
          double rate = entry.kind() == ParameterTable.Kind.STATISTIC ? 1 : 0.01;
          entry.view(network.parameters()).subi(entry.view(network.gradient()).mul(rate));
        }
      }
      return network.parameters().dup();
    }
  }

  /** Logits' weights of one unit in the last place: times an error below 1 they round to 0. */
  @Test
  void aGradientThatIsLostSurvivesALossScale() {
    try (TrainingNetwork network = network(FLOAT16)) {
      INDArray weight =
          network.table().entry("classifier.6", DenseBlock.WEIGHT).view(network.parameters());
      weight.assign(0);
      weight.getColumn(0).assign(1e-7);
      backward(network, 1);
      assertEquals(0, sizeOf(network, "classifier.4"), 0);
      assertTrue(sizeOf(network, "classifier.6") > 0);
      backward(network, 65536);
      assertTrue(sizeOf(network, "classifier.4") / 65536 > 1e-10);
    }
  }

  @Test
  void fewerGradientsUnderflowAtALossScale() {
    NetworkSettings settings = NetworkSettings.of(4, new Width(4), 32);
    try (TrainingNetwork network = new TrainingNetwork(settings, FLOAT16, 3)) {
      List<GradientUnderflow> plain = underflow(network, 1);
      List<GradientUnderflow> scaled = underflow(network, 65536);
      assertEquals(
          List.of("features.0", "features.3", "features.6"),
          plain.subList(0, 3).stream().map(GradientUnderflow::vertex).toList());
      assertEquals(16 + 5 + 4, plain.size());
      double before = plain.stream().mapToDouble(GradientUnderflow::subnormals).sum();
      double after = scaled.stream().mapToDouble(GradientUnderflow::subnormals).sum();
      assertTrue(after < 0.01 * before, after + " against " + before);
      for (int i = 0; i < plain.size(); i++) {
        assertTrue(lost(scaled.get(i)) <= lost(plain.get(i)), plain.get(i) + ", " + scaled.get(i));
      }
    }
  }

  @Test
  void measuringChangesNoGradient() {
    try (TrainingNetwork network = network(FLOAT16)) {
      backward(network, 64);
      INDArray before = network.gradient().dup();
      underflow(network, 64);
      assertEquals(before, network.gradient());
    }
  }

  @Test
  void anOverflowShowsInTheGradient() {
    try (TrainingNetwork network = network(FLOAT16)) {
      backward(network, 65536);
      assertTrue(isFinite(network.gradient()));
      backward(network, 0x1p60);
      assertFalse(isFinite(network.gradient()));
      network.table().entry("features.0", "gamma").view(network.parameters()).assign(1e6);
      backward(network, 1);
      assertFalse(isFinite(network.gradient()));
    }
  }

  private static double lost(GradientUnderflow underflow) {
    return underflow.zeros() + underflow.subnormals();
  }

  private static double sizeOf(TrainingNetwork network, String vertex) {
    return network
        .table()
        .entry(vertex, DenseBlock.WEIGHT)
        .view(network.gradient())
        .amaxNumber()
        .doubleValue();
  }

  private static boolean isFinite(INDArray values) {
    for (float value : values.toFloatVector()) {
      if (!Float.isFinite(value)) {
        return false;
      }
    }
    return true;
  }

  static TrainingNetwork network(GraphOptions options) {
    return new TrainingNetwork(Vgg19BnTest.tiny(0.5), options, 3);
  }

  static double backward(TrainingNetwork network, double scale) {
    return network.backward(pictures(), 4, labels(), scale, 5).loss();
  }

  private static List<GradientUnderflow> underflow(TrainingNetwork network, double scale) {
    return network.underflow(pictures(), 4, labels(), scale, 5);
  }

  static float[] pictures() {
    return flat(Vgg19BnTest.batch(4).getFeatures());
  }

  static float[] labels() {
    DataSet batch = Vgg19BnTest.batch(4);
    return flat(batch.getLabels());
  }

  private static float[] flat(INDArray array) {
    return array.dup('c').reshape(array.length()).toFloatVector();
  }
}
