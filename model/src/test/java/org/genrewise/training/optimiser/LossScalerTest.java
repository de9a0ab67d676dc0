package org.genrewise.training.optimiser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.List;
import org.junit.jupiter.api.Test;

class LossScalerTest {

  @Test
  void theScaleGoesAsInPyTorch() {
    Config golden = ConfigFactory.parseResources("training/optimiser.json");
    LossScaler scaler = new LossScaler(new LossScaleSettings(true, 1024, 4, 25));
    List<Boolean> finite = golden.getBooleanList("finite");
    for (int i = 0; i < finite.size(); i++) {
      assertEquals(finite.get(i), scaler.update(finite.get(i)));
      Config expected = golden.getConfigList("scales").get(i);
      assertEquals(expected.getDouble("scale"), scaler.scale(), "step " + i);
      assertEquals(expected.getInt("cleanSteps"), scaler.state().cleanSteps(), "step " + i);
    }
  }

  @Test
  void itBeginsAsPyTorchDoes() {
    LossScaler scaler = new LossScaler(LossScaleSettings.DEFAULT);
    assertEquals(65536, scaler.scale());
    for (int i = 0; i < 1999; i++) {
      scaler.update(true);
    }
    assertEquals(65536, scaler.scale());
    scaler.update(true);
    assertEquals(131072, scaler.scale());
  }

  @Test
  void theScaleNeverFallsBelowOneAndThereItsPatienceBegins() {
    LossScaler scaler = new LossScaler(new LossScaleSettings(true, 6, 4, 3));
    assertSkipped(scaler, 3);
    assertSkipped(scaler, 1.5);
    assertSkipped(scaler, 1);
    assertSkipped(scaler, 1);
    assertSkipped(scaler, 1);
    String message =
        assertThrows(TrainingDivergedException.class, () -> scaler.update(false)).getMessage();
    assertTrue(message.contains("3 steps in a row"), message);
    assertTrue(message.contains("loss scale of 1.0"), message);
    assertTrue(message.contains("learning-rate"), message);
  }

  @Test
  void aCleanStepRenewsItsPatience() {
    LossScaler scaler = new LossScaler(new LossScaleSettings(true, 1, 1000, 2));
    for (int i = 0; i < 10; i++) {
      assertSkipped(scaler, 1);
      assertTrue(scaler.update(true));
    }
  }

  @Test
  void aStaticScaleStaysAndLosesPatienceWhereItIs() {
    LossScaler scaler = new LossScaler(new LossScaleSettings(false, 1024, 1, 3));
    for (int i = 0; i < 10; i++) {
      assertTrue(scaler.update(true));
    }
    assertSkipped(scaler, 1024);
    assertSkipped(scaler, 1024);
    String message =
        assertThrows(TrainingDivergedException.class, () -> scaler.update(false)).getMessage();
    assertTrue(message.contains("3 steps in a row at a loss scale of 1024.0"), message);
    assertTrue(message.contains("lower loss-scale"), message);
  }

  @Test
  void withoutAScaleTheFirstGradientThatIsNotFiniteIsTheEnd() {
    LossScaler scaler = LossScaler.off();
    assertTrue(scaler.update(true));
    assertEquals(1, scaler.scale());
    String message =
        assertThrows(TrainingDivergedException.class, () -> scaler.update(false)).getMessage();
    assertTrue(message.contains("learning-rate"), message);
    assertFalse(message.contains("scale"), message);
  }

  @Test
  void aRestoredOneGoesOnAsTheOtherWouldHave() {
    LossScaleSettings settings = new LossScaleSettings(true, 64, 5, 2);
    LossScaler straight = new LossScaler(settings);
    boolean[] finite = {true, false, true, true, true, true, true, true, false, true};
    for (int i = 0; i < finite.length; i++) {
      LossScaler resumed = new LossScaler(settings);
      resumed.restore(straight.state());
      straight.update(finite[i]);
      resumed.update(finite[i]);
      assertEquals(straight.state(), resumed.state(), "step " + i);
    }
  }

  @Test
  void aStaticScaleIsThatOfItsSettingsAlsoAfterAnotherPrecision() {
    LossScaler off = LossScaler.off();
    off.restore(new LossScaler.State(4096, 7, 0));
    assertEquals(1, off.scale());
  }

  @Test
  void statesThatCannotBeAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> new LossScaler.State(0.5, 0, 0));
    assertThrows(IllegalArgumentException.class, () -> new LossScaler.State(Double.NaN, 0, 0));
    assertThrows(IllegalArgumentException.class, () -> new LossScaler.State(1, -1, 0));
    assertThrows(IllegalArgumentException.class, () -> new LossScaler.State(1, 0, -1));
  }

  private static void assertSkipped(LossScaler scaler, double scaleAfter) {
    assertFalse(scaler.update(false));
    assertEquals(scaleAfter, scaler.scale());
  }
}
