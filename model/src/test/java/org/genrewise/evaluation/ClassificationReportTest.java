package org.genrewise.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClassificationReportTest {
  private static final double CLOSE = 1e-12;
  private static final List<String> CLASSES = List.of("a", "b", "c", "d", "e", "f", "g");

  private final Config golden = ConfigFactory.parseResources("evaluation/report.json");
  private final List<Integer> truth = golden.getIntList("truth");

  @Test
  void agreesWithScikitLearn() {
    ClassificationReport report = tally(0, truth.size()).report(CLASSES);

    assertEquals(60, report.samples());
    assertEquals(golden.getDouble("accuracy"), report.accuracy(), CLOSE);
    assertEquals(golden.getDouble("top5"), report.topFiveAccuracy(), CLOSE);
    assertEquals(golden.getDouble("macro_f1"), report.macroF1(), CLOSE);
    assertEquals(golden.getDouble("loss"), report.loss(), CLOSE);
    for (int c = 0; c < CLASSES.size(); c++) {
      ClassificationReport.ClassScore score = report.scores().get(c);
      assertEquals(CLASSES.get(c), score.label());
      assertEquals(golden.getDoubleList("precision").get(c), score.precision(), CLOSE);
      assertEquals(golden.getDoubleList("recall").get(c), score.recall(), CLOSE);
      assertEquals(golden.getDoubleList("f1").get(c), score.f1(), CLOSE);
      assertEquals(golden.getLongList("support").get(c), score.support());
      List<?> row = (List<?>) golden.getList("confusion").get(c).unwrapped();
      for (int predicted = 0; predicted < CLASSES.size(); predicted++) {
        assertEquals(
            ((Number) row.get(predicted)).longValue(), report.confusion().count(c, predicted));
      }
    }
  }

  @Test
  void talliesMadeApartGiveTheSameReport() {
    ClassificationTally tally = tally(0, 25);
    tally.merge(tally(25, truth.size()));
    ClassificationReport merged = tally.report(CLASSES);
    ClassificationReport whole = tally(0, truth.size()).report(CLASSES);

    assertEquals(whole.scores(), merged.scores());
    assertEquals(whole.topFiveAccuracy(), merged.topFiveAccuracy());
    assertEquals(whole.loss(), merged.loss(), CLOSE);
  }

  @Test
  void equalProbabilitiesGoToTheLowerIndex() {
    ClassificationTally tally = new ClassificationTally(7);
    double[] equal = new double[7];
    Arrays.fill(equal, 1.0 / 7);
    for (int actual = 0; actual < 7; actual++) {
      tally.add(actual, equal);
    }
    ClassificationReport report = tally.report(CLASSES);

    assertEquals(7, report.confusion().predicted(0));
    assertEquals(5.0 / 7, report.topFiveAccuracy(), CLOSE);
  }

  @Test
  void aSureMistakeLeavesTheLossFinite() {
    ClassificationTally tally = new ClassificationTally(2);
    tally.add(0, new double[] {0, 1});

    assertEquals(-Math.log(Math.ulp(1f)), tally.report(List.of("a", "b")).loss(), CLOSE);
  }

  @Test
  void refusesWhatMakesNoSense() {
    ClassificationTally tally = new ClassificationTally(2);

    assertThrows(IllegalStateException.class, () -> tally.report(List.of("a", "b")));
    assertThrows(IllegalArgumentException.class, () -> tally.add(2, new double[] {0, 1}));
    assertThrows(IllegalArgumentException.class, () -> tally.add(0, new double[] {1}));
    assertThrows(IllegalArgumentException.class, () -> tally.add(0, new double[] {Double.NaN, 1}));
    assertThrows(
        IllegalArgumentException.class, () -> new ConfusionMatrix(new long[][] {{1, 2}, {3}}));
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
