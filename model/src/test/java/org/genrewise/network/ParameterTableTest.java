package org.genrewise.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.learning.config.NoOp;

class ParameterTableTest {

  @Test
  void namesWhatTheGraphHoldsWhereItHoldsIt() {
    NetworkSettings settings = Vgg19BnTest.tiny(0);
    ComputationGraph graph = Vgg19BnTest.create(settings, new NoOp(), 3);
    ParameterTable table = ParameterTable.of(settings);
    assertEquals(graph.numParams(), table.length());
    for (ParameterTable.Entry entry : table.entries()) {
      String name = entry.vertex() + "." + entry.key();
      assertArrayEquals(
          graph.getLayer(entry.vertex()).getParam(entry.key()).dup('c').data().asFloat(),
          entry.view(graph.params()).dup('c').data().asFloat(),
          name);
    }
  }
}
