package org.genrewise.jobs.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.genrewise.jobs.testing.LocalSpark;
import org.genrewise.network.Precision;
import org.genrewise.network.Versions;
import org.junit.jupiter.api.Test;

class EngineTest {

  @Test
  void theFirstLinesSayWhatComputes() {
    String text = Engine.description(Precision.FLOAT16);
    assertTrue(text.startsWith("device cpu, precision float16, ND4J " + Versions.nd4j()), text);
    assertTrue(text.endsWith(" threads"), text);
    assertEquals(Versions.hasOneDnn(), text.contains(" with oneDNN,"), text);
    assertEquals("cpu", Engine.device());
  }

  @Test
  void aRunInThisProcessIsDescribedAsTheProcess() {
    assertEquals(
        Engine.description(Precision.FLOAT32),
        Engine.description(LocalSpark.session(), Precision.FLOAT32));
  }
}
