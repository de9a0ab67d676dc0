package org.genrewise.jobs.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.genrewise.evaluation.EvaluationTally;
import org.genrewise.evaluation.WorstMistakes;
import org.genrewise.picture.Slice;
import org.genrewise.report.Block;
import org.junit.jupiter.api.Test;

class EvaluationBlocksTest {
  private static final List<String> CLASSES = List.of("folk", "rock");

  @Test
  void showsTracksAndSlicesApart() {
    EvaluationTally tally = new EvaluationTally(CLASSES);
    tally.add(0, new float[] {0.875f, 0.125f, 0.375f, 0.625f});
    tally.add(1, new float[] {0.25f, 0.75f});

    String html = html(EvaluationBlocks.of(tally.evaluation()));

    assertTrue(html.contains("folk taken for folk: 1 of 1, 100.0 %"));
    assertTrue(html.contains("folk taken for rock: 1 of 2, 50.0 %"));
    // tracks: 0.625 and 0.75, both right; slices: 0.875 and 0.75 right, 0.625 wrong
    assertTrue(html.contains("Expected calibration error 0.313, maximum 0.375"));
    assertTrue(html.contains("Expected calibration error 0.333, maximum 0.625"));
    assertTrue(html.contains("<th scope=\"col\" class=\"number\">slice recall</th>"));
  }

  @Test
  void linesForTheConsoleNameTheCalibrationError() {
    EvaluationTally tally = new EvaluationTally(CLASSES);
    tally.add(1, new float[] {0.25f, 0.75f});

    assertEquals(
        List.of("tracks", "1", "1.000", "1.000", "1.000", "0.288", "0.250"),
        EvaluationBlocks.table(tally.evaluation()).rows().get(1));
  }

  @Test
  void mistakesAreShownWithTheirPicturesAndPaths() {
    WorstMistakes mistakes = new WorstMistakes(CLASSES);
    mistakes.add("a1", 0, new float[] {0.25f, 0.75f, 0, 1}, EvaluationBlocksTest::slice);
    mistakes.add("b2", 1, new float[] {1, 0});

    String html = html(EvaluationBlocks.mistakes(mistakes, Map.of("a1", "/music/x<y.mp3")));

    assertEquals(2, html.split("<img src=\"data:image/png;base64,", -1).length);
    assertTrue(html.contains("2. folk, labelled rock with 0.875"));
    assertTrue(html.contains("x&lt;y.mp3"));
    assertTrue(html.contains("b2"));
  }

  @Test
  void aModelWithoutMistakesHasNoPictures() {
    String html = html(EvaluationBlocks.mistakes(new WorstMistakes(CLASSES), Map.of()));

    assertFalse(html.contains("<img"));
    assertTrue(html.contains("No track was labelled wrongly."));
  }

  private static Slice slice(int index) {
    return new Slice(index, 0, 2, 3, new byte[6], -80, 0, false);
  }

  private static String html(List<Block> blocks) {
    return blocks.stream().map(Block::html).collect(Collectors.joining());
  }
}
