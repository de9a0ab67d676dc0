package org.genrewise.jobs.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.genrewise.evaluation.Mistake;
import org.genrewise.evaluation.WorstMistakes;
import org.genrewise.picture.Slice;
import org.genrewise.picture.SlicePng;
import org.genrewise.report.Block;
import org.genrewise.report.ImageGrid;
import org.genrewise.report.ImageGrid.Image;
import org.genrewise.report.Paragraph;
import org.genrewise.report.Table;
import org.genrewise.report.Table.Column;

/** How mistakes are shown in reports. */
final class MistakeBlocks {
  private MistakeBlocks() {}

  /** See {@link EvaluationBlocks#mistakes}. */
  static List<Block> of(WorstMistakes mistakes, Map<String, String> paths) {
    List<Mistake> worst = mistakes.mistakes();
    if (worst.isEmpty()) {
      return List.of(new Paragraph("No track was labelled wrongly."));
    }
    List<Image> images = new ArrayList<>();
    List<List<String>> rows = new ArrayList<>();
    for (Mistake mistake : worst) {
      int number = rows.size() + 1;
      mistakes.slice(mistake).ifPresent(slice -> images.add(image(number, mistake, slice)));
      rows.add(row(number, mistake, paths.getOrDefault(mistake.track(), mistake.track())));
    }
    return List.of(
        new Paragraph(
            "The wrongly labelled tracks with the most probable labels, the worst first. Each"
                + " picture is the slice that gave the wrong label the highest probability: time"
                + " from left to right, low notes at the bottom, scaled to its own loudest and"
                + " softest point."),
        new ImageGrid("Worst mistakes", images),
        new Table(
            "",
            List.of(
                Column.number(""),
                Column.text("track"),
                Column.text("class"),
                Column.text("label"),
                Column.number("probability"),
                Column.number("slice"),
                Column.number("its probability")),
            rows));
  }

  private static Image image(int number, Mistake mistake, Slice slice) {
    return new Image(
        "%d. %s, labelled %s with %.3f"
            .formatted(number, mistake.actual(), mistake.predicted(), mistake.probability()),
        "Constant-Q spectrogram of slice %d of a track of %s that was labelled %s"
            .formatted(mistake.slice(), mistake.actual(), mistake.predicted()),
        SlicePng.encode(slice));
  }

  private static List<String> row(int number, Mistake mistake, String name) {
    return List.of(
        Integer.toString(number),
        name,
        mistake.actual(),
        mistake.predicted(),
        "%.3f".formatted(mistake.probability()),
        Integer.toString(mistake.slice()),
        "%.3f".formatted(mistake.sliceProbability()));
  }
}
