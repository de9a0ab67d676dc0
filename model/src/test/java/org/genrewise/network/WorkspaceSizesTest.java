package org.genrewise.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.Map;
import org.genrewise.network.GraphOptions.Recompute;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.memory.abstracts.Nd4jWorkspace;
import org.nd4j.linalg.factory.Nd4j;

/** Memory that is taken before the first pass. */
class WorkspaceSizesTest {

  @AfterEach
  void forget() {
    Nd4j.getWorkspaceManager().destroyAllWorkspacesForCurrentThread();
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void whatIsTakenIsEnoughForPassesOfThatSize(Precision precision) {
    forget();
    try (TrainingNetwork network = network(precision)) {
      network.takeMemory(4);
      Map<String, Long> taken = sizes();
      assertFalse(taken.isEmpty());

      Float16NetworkTest.backward(network, 1);
      Float16NetworkTest.backward(network, 1);

      assertEquals(taken, sizes(), "no workspace had to grow");
      long spilled =
          Nd4j.getWorkspaceManager().getAllWorkspacesForCurrentThread().stream()
              .mapToLong(workspace -> ((Nd4jWorkspace) workspace).getSpilledSize())
              .sum();
      assertEquals(0, spilled);
    }
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void gradientsAreTheSameWithAndWithout(Precision precision) {
    try (TrainingNetwork plain = network(precision);
        TrainingNetwork prepared = network(precision)) {
      double expected = Float16NetworkTest.backward(plain, 1024);
      prepared.takeMemory(4);
      assertEquals(expected, Float16NetworkTest.backward(prepared, 1024));
      float[] gradient = plain.gradient().toFloatVector();
      assertTrue(gradient.length > 0);
      assertArrayEquals(gradient, prepared.gradient().toFloatVector());
    }
  }

  private static TrainingNetwork network(Precision precision) {
    return Float16NetworkTest.network(
        new GraphOptions(precision, Recompute.NONE, false, BatchNormMode.TRAINING));
  }

  private static Map<String, Long> sizes() {
    Map<String, Long> sizes = new LinkedHashMap<>();
    Nd4j.getWorkspaceManager()
        .getAllWorkspacesForCurrentThread()
        .forEach(workspace -> sizes.put(workspace.getId(), workspace.getCurrentSize()));
    return sizes;
  }
}
