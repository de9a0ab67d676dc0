package org.genrewise.training.optimiser;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.genrewise.network.ParameterTable;
import org.genrewise.network.ParameterTable.Entry;
import org.genrewise.training.optimiser.OptimiserSettings.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.memory.conf.WorkspaceConfiguration;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class OptimiserTest {
  private static final float[] STATISTIC = {0.5f, 2};
  private static final float[] STATISTIC_STEP = {0.125f, -0.25f};

  private final Config golden = ConfigFactory.parseResources("training/optimiser.json");

  static Stream<Arguments> trajectories() {
    return Stream.of(
        Arguments.of("sgd", sgd(0.9, false, 0)),
        Arguments.of("sgd-decay", sgd(0.9, false, 0.05)),
        Arguments.of("nesterov", sgd(0.8, true, 0.05)),
        Arguments.of("plain", sgd(0, false, 0)),
        Arguments.of("adamw", adamW(0.9, 0.999, 1e-8, 0.05)),
        Arguments.of("adamw-epsilon", adamW(0.8, 0.95, 0.1, 0)));
  }

  /** Every tensor of a kind starts from the same values and must end where PyTorch's does. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("trajectories")
  void everyTensorGoesAsInPyTorch(String name, OptimiserSettings settings) {
    List<? extends Config> steps = golden.getConfigList("trajectories." + name);
    INDArray parameters =
        Tables.vector(row(steps.get(0), "weight"), row(steps.get(0), "bias"), STATISTIC);
    // chunks of 7 cut tensors in pieces, and no tensor's length is a multiple of it
    try (Optimiser optimiser = new Optimiser(settings, Tables.SMALL, false, 7)) {
      for (int i = 1; i < steps.size(); i++) {
        Config step = steps.get(i);
        INDArray gradient =
            Tables.vector(row(step, "weightGradient"), row(step, "biasGradient"), STATISTIC_STEP);
        optimiser.step(parameters, gradient, step.getDouble("rate"), i);

        float[] statistic = {0.5f - i * 0.125f, 2 + i * 0.25f};
        assertClose(
            Tables.vector(row(step, "weight"), row(step, "bias"), statistic), parameters, 2e-6);
        assertState(step, optimiser);
      }
    }
  }

  private static void assertState(Config step, Optimiser optimiser) {
    List<? extends List<?>> weight = matrix(step, "weightState");
    List<? extends List<?>> bias = matrix(step, "biasState");
    long length = Tables.SMALL.length();
    float[] state = optimiser.state().toFloatVector();
    for (int memory = 0; memory < weight.size(); memory++) {
      float[] none = {0};
      INDArray expected = Tables.vector(floats(weight.get(memory)), floats(bias.get(memory)), none);
      float[] part = new float[(int) length];
      System.arraycopy(state, (int) (memory * length), part, 0, part.length);
      assertClose(expected, Nd4j.createFromArray(part), 2e-6);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("trajectories")
  void frozenFeaturesStayExactlyAsTheyAreButForTheirStatistics(
      String name, OptimiserSettings settings) {
    INDArray parameters = Tables.vector(new float[] {1}, new float[] {1}, STATISTIC);
    INDArray before = parameters.dup();
    INDArray gradient = Nd4j.ones(DataType.FLOAT, Tables.SMALL.length());
    try (Optimiser optimiser = new Optimiser(settings, Tables.SMALL, true)) {
      optimiser.step(parameters, gradient, 0.1, 1);

      for (Entry entry : Tables.SMALL.entries()) {
        float[] was = entry.view(before).ravel().toFloatVector();
        float[] is = entry.view(parameters).ravel().toFloatVector();
        boolean stays = entry.isFeature() && entry.kind() != ParameterTable.Kind.STATISTIC;
        assertEquals(stays, Arrays.equals(was, is), entry.vertex() + "." + entry.key());
      }
    }
  }

  @Test
  void aTrainingGoesOnFromACopyOfTheState() {
    OptimiserSettings settings = adamW(0.9, 0.999, 1e-8, 0.01);
    INDArray straight = Tables.vector(new float[] {1, 2}, new float[] {3}, STATISTIC);
    INDArray resumed = straight.dup();
    try (Optimiser first = new Optimiser(settings, Tables.SMALL, false);
        Optimiser second = new Optimiser(settings, Tables.SMALL, false)) {
      first.step(straight, gradient(0.5f), 0.1, 1);
      resumed.assign(straight);
      second.state().assign(first.state());
      first.step(straight, gradient(-2), 0.1, 2);
      second.step(resumed, gradient(-2), 0.1, 2);

      assertArrayEquals(straight.toFloatVector(), resumed.toFloatVector());
    }
  }

  @Test
  void itsStateOutlivesAWorkspaceAndHasTheLengthPromised() {
    WorkspaceConfiguration configuration =
        WorkspaceConfiguration.builder().initialSize(1 << 16).build();
    for (Kind kind : Kind.values()) {
      OptimiserSettings settings = new OptimiserSettings(kind, 0.9, false, 0.9, 0.999, 1e-8, 0, 0);
      Optimiser optimiser;
      try (MemoryWorkspace ignored =
          Nd4j.getWorkspaceManager().getAndActivateWorkspace(configuration, "OPTIMISER_TEST")) {
        optimiser = new Optimiser(settings, Tables.SMALL, false);
      }
      INDArray state = optimiser.state();
      assertFalse(state.isAttached());
      assertEquals(Optimiser.stateLength(settings, Tables.SMALL), state.length());
      assertEquals((kind == Kind.SGD ? 1 : 2) * Tables.SMALL.length(), state.length());
      assertEquals(0, state.maxNumber().doubleValue());
      optimiser.close();
      optimiser.close();
      assertTrue(state.wasClosed());
    }
    Nd4j.getWorkspaceManager().destroyAllWorkspacesForCurrentThread();
  }

  @Test
  void vectorsOfAnotherLengthAndAStepNumberZeroAreRefused() {
    try (Optimiser optimiser = new Optimiser(OptimiserSettings.DEFAULT, Tables.SMALL, false)) {
      INDArray right = gradient(1);
      INDArray wrong = Nd4j.ones(DataType.FLOAT, 3);
      assertThrows(IllegalArgumentException.class, () -> optimiser.step(right, wrong, 0.1, 1));
      assertThrows(IllegalArgumentException.class, () -> optimiser.step(wrong, right, 0.1, 1));
      assertThrows(IllegalArgumentException.class, () -> optimiser.step(right, right, 0.1, 0));
    }
  }

  private static INDArray gradient(float value) {
    return Tables.vector(new float[] {value, -value}, new float[] {value}, STATISTIC_STEP);
  }

  private static OptimiserSettings sgd(double momentum, boolean nesterov, double decay) {
    return new OptimiserSettings(Kind.SGD, momentum, nesterov, 0.9, 0.999, 1e-8, decay, 0);
  }

  private static OptimiserSettings adamW(double beta1, double beta2, double eps, double decay) {
    return new OptimiserSettings(Kind.ADAMW, 0.9, false, beta1, beta2, eps, decay, 0);
  }

  private static void assertClose(INDArray expected, INDArray actual, double tolerance) {
    assertArrayEquals(expected.toDoubleVector(), actual.toDoubleVector(), tolerance);
  }

  private static float[] row(Config config, String name) {
    return floats(config.getDoubleList(name));
  }

  private static List<? extends List<?>> matrix(Config config, String name) {
    return config.getList(name).stream().map(row -> (List<?>) row.unwrapped()).toList();
  }

  private static float[] floats(List<?> values) {
    float[] floats = new float[values.size()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = ((Number) values.get(i)).floatValue();
    }
    return floats;
  }
}
