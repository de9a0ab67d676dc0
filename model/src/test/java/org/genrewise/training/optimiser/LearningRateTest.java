package org.genrewise.training.optimiser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.List;
import org.genrewise.training.optimiser.LearningRate.State;
import org.genrewise.training.optimiser.ScheduleSettings.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class LearningRateTest {
  private static final double FULL = 0.01;

  private final Config golden = ConfigFactory.parseResources("training/optimiser.json");

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "step,              STEP,              4, 0.3, 5, 0.001, 0",
    "cosine,            COSINE,            4, 0.3, 5, 0.001, 0.002",
    "plateau,           REDUCE_ON_PLATEAU, 4, 0.1, 5, 0.001, 0",
    "plateau-minimum,   REDUCE_ON_PLATEAU, 4, 0.2, 2, 0.01,  0.0015",
    "plateau-impatient, REDUCE_ON_PLATEAU, 4, 0.1, 0, 0.01,  0",
  })
  void ratesAreThoseOfPyTorch(
      String name,
      Kind kind,
      int stepEpochs,
      double factor,
      int patience,
      double threshold,
      double minimum) {
    List<Double> rates = golden.getDoubleList("schedules." + name);
    List<Double> losses = golden.getDoubleList("losses");
    LearningRate rate =
        new LearningRate(
            new ScheduleSettings(kind, FULL, 0, stepEpochs, factor, patience, threshold, minimum),
            kind == Kind.COSINE ? 12 : rates.size());
    State state = LearningRate.start();
    for (int epoch = 0; epoch < rates.size(); epoch++) {
      assertEquals(rates.get(epoch), rate.at(epoch, state), 1e-12, "epoch " + epoch);
      state = rate.epochEnded(state, losses.get(epoch));
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void aWarmUpRisesInALineFromNearNothing(Kind kind) {
    LearningRate rate = rate(kind, 2.5, 10);
    State state = LearningRate.start();
    assertEquals(0.001 * FULL, rate.at(0, state), 1e-15);
    assertEquals((0.2 + 0.001) * FULL, rate.at(0.5, state), 1e-15);
    assertEquals((0.8 + 0.001) * FULL, rate.at(2, state), 1e-15);
    assertEquals(FULL, rate.at(2.5, state), 1e-15);
    double last = 0;
    for (double epochs = 0; epochs <= 2.5; epochs += 0.01) {
      assertTrue(rate.at(epochs, state) > last && rate.at(epochs, state) <= FULL);
      last = rate.at(epochs, state);
    }
  }

  @Test
  void aCosineEndsAtTheMinimumAndBeginsAfterTheWarmUp() {
    LearningRate rate =
        new LearningRate(new ScheduleSettings(Kind.COSINE, FULL, 2, 1, 0.1, 1, 0, 0.002), 10);
    State state = LearningRate.start();
    assertEquals(FULL, rate.at(2, state), 1e-15);
    assertEquals((FULL + 0.002) / 2, rate.at(6, state), 1e-15);
    assertEquals(0.002, rate.at(10, state), 1e-15);
    assertEquals(0.002, rate.at(12, state), 1e-15);
  }

  @Test
  void stepsNeverFallBelowTheMinimum() {
    LearningRate rate =
        new LearningRate(new ScheduleSettings(Kind.STEP, FULL, 0, 1, 0.1, 1, 0, 0.0005), 10);
    assertEquals(0.001, rate.at(1.9, LearningRate.start()), 1e-15);
    assertEquals(0.0005, rate.at(2, LearningRate.start()), 1e-15);
    assertEquals(0.0005, rate.at(9, LearningRate.start()), 1e-15);
  }

  @Test
  void onlyAPlateauLearnsFromLosses() {
    for (Kind kind : new Kind[] {Kind.CONSTANT, Kind.STEP, Kind.COSINE}) {
      State state = LearningRate.start();
      assertSame(state, rate(kind, 0, 10).epochEnded(state, 7));
    }
    LearningRate constant = rate(Kind.CONSTANT, 0, 10);
    assertEquals(FULL, constant.at(9.9, new State(0.1, 1, 0)));
  }

  @Test
  void aLossThatIsNotANumberIsNoProgress() {
    State state = new State(1, 2, 0);
    assertEquals(
        new State(1, 2, 1), rate(Kind.REDUCE_ON_PLATEAU, 0, 9).epochEnded(state, Double.NaN));
  }

  @Test
  void aWarmUpAsLongAsTheTrainingIsRefused() {
    String message =
        assertThrows(IllegalArgumentException.class, () -> rate(Kind.COSINE, 3, 3)).getMessage();
    assertEquals("warm-up-epochs must be below epochs, 3, not 3.0", message);
  }

  private static LearningRate rate(Kind kind, double warmUp, int epochs) {
    return new LearningRate(new ScheduleSettings(kind, FULL, warmUp, 10, 0.1, 5, 0.001, 0), epochs);
  }
}
