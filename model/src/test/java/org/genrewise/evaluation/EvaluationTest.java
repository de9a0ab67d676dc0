package org.genrewise.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EvaluationTest {
  private static final List<String> CLASSES = List.of("folk", "rock");

  @Test
  void countsSlicesAndTracksApart() {
    EvaluationTally tally = new EvaluationTally(CLASSES);
    // two slices of three are wrong, and so is the majority; the mean probability is right
    tally.add(0, new float[] {0.45f, 0.55f, 0.45f, 0.55f, 0.9f, 0.1f});
    EvaluationTally other = new EvaluationTally(CLASSES);
    other.add(1, new float[] {0.2f, 0.8f});
    tally.merge(other);
    Evaluation evaluation = tally.evaluation();

    assertEquals(4, evaluation.slices().samples());
    assertEquals(0.5, evaluation.slices().accuracy());
    assertEquals(2, evaluation.tracks().samples());
    assertEquals(1, evaluation.tracks().accuracy());
    assertEquals(0.5, evaluation.majorityAccuracy());
  }

  @Test
  void namesItsMainFigures() {
    EvaluationTally tally = new EvaluationTally(CLASSES);
    tally.add(1, new float[] {0.2f, 0.8f});
    var metrics = tally.evaluation().metrics();

    assertEquals(
        Set.of(
            "slice_samples",
            "slice_accuracy",
            "slice_top5",
            "slice_macro_f1",
            "slice_loss",
            "slice_ece",
            "slice_mce",
            "track_samples",
            "track_accuracy",
            "track_top5",
            "track_macro_f1",
            "track_loss",
            "track_ece",
            "track_mce",
            "track_majority_accuracy"),
        metrics.keySet());
    assertEquals(1.0, metrics.get("track_accuracy"));
    assertEquals(-Math.log(0.8), metrics.get("slice_loss"), 1e-7);
    assertEquals(0.2, metrics.get("track_ece"), 1e-7);
  }
}
