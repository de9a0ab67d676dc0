package org.genrewise.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.List;
import org.genrewise.evaluation.Calibration.Bin;
import org.junit.jupiter.api.Test;

class CalibrationTest {
  private static final double CLOSE = 1e-12;
  private static final List<String> CLASSES = List.of("a", "b", "c", "d");

  private final Config golden = ConfigFactory.parseResources("evaluation/calibration.json");
  private final List<Integer> truth = golden.getIntList("truth");

  @Test
  void agreesWithItsDefinitionInNumpy() {
    Calibration calibration = tally(0, truth.size()).report(CLASSES).calibration();

    assertEquals(golden.getDouble("ece"), calibration.expectedError(), CLOSE);
    assertEquals(golden.getDouble("mce"), calibration.maximumError(), CLOSE);
    for (int i = 0; i < Calibration.BINS; i++) {
      Config expected = golden.getConfigList("bins").get(i);
      Bin bin = calibration.bins().get(i);
      assertEquals(expected.getLong("samples"), bin.samples());
      assertEquals(expected.getDouble("confidence"), bin.confidence(), CLOSE);
      assertEquals(expected.getDouble("accuracy"), bin.accuracy(), CLOSE);
    }
  }

  @Test
  void talliesMadeApartGiveTheSameCalibration() {
    ClassificationTally tally = tally(0, 70);
    tally.merge(tally(70, truth.size()));

    Calibration merged = tally.report(CLASSES).calibration();

    assertEquals(golden.getDouble("ece"), merged.expectedError(), CLOSE);
    assertEquals(golden.getDouble("mce"), merged.maximumError(), CLOSE);
  }

  @Test
  void anEdgeBelongsToTheBinBelowIt() {
    for (int edge = 1; edge <= Calibration.BINS; edge++) {
      CalibrationTally tally = new CalibrationTally();
      tally.add((double) edge / Calibration.BINS, true);
      Bin bin = tally.calibration().bins().get(edge - 1);

      assertEquals(1, bin.samples(), "edge " + edge);
      assertEquals(bin.to(), bin.confidence());
    }
  }

  @Test
  void roundingBeyondTheRangeStaysInTheOuterBins() {
    CalibrationTally tally = new CalibrationTally();
    tally.add(0, false);
    tally.add(1 + 1e-7, true);
    List<Bin> bins = tally.calibration().bins();

    assertEquals(1, bins.get(0).samples());
    assertEquals(1, bins.get(Calibration.BINS - 1).samples());
  }

  @Test
  void aModelThatIsAsSureAsRightHasNoErrorAndOneThatIsNeverRightHasItsConfidence() {
    CalibrationTally honest = new CalibrationTally();
    CalibrationTally wrong = new CalibrationTally();
    for (int i = 0; i < 4; i++) {
      honest.add(0.75, i > 0);
      wrong.add(0.75, false);
    }

    assertEquals(0, honest.calibration().expectedError(), CLOSE);
    assertEquals(0.75, wrong.calibration().expectedError(), CLOSE);
    assertEquals(0.75, wrong.calibration().maximumError(), CLOSE);
    assertEquals(0.75, wrong.calibration().bins().get(11).gap(), CLOSE);
  }

  @Test
  void nothingHasNoError() {
    assertEquals(0, new CalibrationTally().calibration().expectedError());
    assertEquals(0, new CalibrationTally().calibration().maximumError());
    assertThrows(IllegalArgumentException.class, () -> new Calibration(List.of()));
  }

  private ClassificationTally tally(int from, int to) {
    ClassificationTally tally = new ClassificationTally(CLASSES.size());
    for (int i = from; i < to; i++) {
      List<?> row = (List<?>) golden.getList("probabilities").get(i).unwrapped();
      tally.add(truth.get(i), row.stream().mapToDouble(p -> ((Number) p).doubleValue()).toArray());
    }
    return tally;
  }
}
