package org.genrewise.jobs.evaluate;

import java.util.List;
import java.util.Locale;
import org.genrewise.evaluation.ClassificationReport;
import org.genrewise.evaluation.Evaluation;
import org.genrewise.report.Block;
import org.genrewise.report.ConfusionHeatMap;
import org.genrewise.report.KeyFigures;
import org.genrewise.report.KeyFigures.Figure;
import org.genrewise.report.Paragraph;
import org.genrewise.report.Table;
import org.genrewise.report.Table.Column;

/** How an evaluation is shown in reports and on the console. */
public final class EvaluationBlocks {
  private EvaluationBlocks() {}

  /** Key figures, confusion matrix and per-class table, of whole tracks. */
  public static List<Block> of(Evaluation evaluation) {
    ClassificationReport tracks = evaluation.tracks();
    return List.of(
        figures(evaluation),
        new Paragraph(
            "A track is labelled by the mean probability of its slices. Rows of the matrix are the"
                + " true classes, columns the labels; colours are shares of a row."),
        ConfusionHeatMap.of("Confusion matrix of whole tracks", tracks.classes(), counts(tracks)),
        perClass(tracks));
  }

  /** The figures that the console shows, a line each. */
  public static List<String> lines(Evaluation evaluation) {
    return List.of(
        line("slices", evaluation.slices()),
        line("tracks", evaluation.tracks()),
        "tracks by majority of slices: accuracy %.3f".formatted(evaluation.majorityAccuracy()));
  }

  private static String line(String what, ClassificationReport report) {
    return "%,d %s: accuracy %.3f, top-5 %.3f, macro F1 %.3f, loss %.3f"
        .formatted(
            report.samples(),
            what,
            report.accuracy(),
            report.topFiveAccuracy(),
            report.macroF1(),
            report.loss());
  }

  private static KeyFigures figures(Evaluation evaluation) {
    ClassificationReport tracks = evaluation.tracks();
    ClassificationReport slices = evaluation.slices();
    int classes = tracks.classes().size();
    return KeyFigures.of(
        new Figure(
            "Track accuracy",
            percent(tracks.accuracy()),
            "of %,d tracks; chance is %s".formatted(tracks.samples(), percent(1.0 / classes))),
        new Figure(
            "Slice accuracy",
            percent(slices.accuracy()),
            "of %,d slices".formatted(slices.samples())),
        new Figure("Top five", percent(tracks.topFiveAccuracy()), "of the tracks"),
        new Figure("Macro F1", "%.3f".formatted(tracks.macroF1()), "of the tracks"));
  }

  private static Table perClass(ClassificationReport report) {
    return new Table(
        "Per class, whole tracks",
        List.of(
            Column.text("class"),
            Column.number("precision"),
            Column.number("recall"),
            Column.number("F1"),
            Column.number("tracks")),
        report.scores().stream()
            .map(
                score ->
                    List.of(
                        score.label(),
                        "%.3f".formatted(score.precision()),
                        "%.3f".formatted(score.recall()),
                        "%.3f".formatted(score.f1()),
                        Long.toString(score.support())))
            .toList());
  }

  private static long[][] counts(ClassificationReport report) {
    int classes = report.classes().size();
    long[][] counts = new long[classes][classes];
    for (int actual = 0; actual < classes; actual++) {
      for (int predicted = 0; predicted < classes; predicted++) {
        counts[actual][predicted] = report.confusion().count(actual, predicted);
      }
    }
    return counts;
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }
}
