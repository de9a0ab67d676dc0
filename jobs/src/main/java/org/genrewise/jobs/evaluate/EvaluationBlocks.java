package org.genrewise.jobs.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.genrewise.evaluation.Calibration;
import org.genrewise.evaluation.ClassificationReport;
import org.genrewise.evaluation.ClassificationReport.ClassScore;
import org.genrewise.evaluation.Evaluation;
import org.genrewise.evaluation.WorstMistakes;
import org.genrewise.jobs.cli.TextTable;
import org.genrewise.report.Block;
import org.genrewise.report.ConfusionHeatMap;
import org.genrewise.report.KeyFigures;
import org.genrewise.report.KeyFigures.Figure;
import org.genrewise.report.Paragraph;
import org.genrewise.report.ReliabilityDiagram;
import org.genrewise.report.Table;
import org.genrewise.report.Table.Column;

/** How an evaluation is shown in reports and on the console. */
public final class EvaluationBlocks {
  private EvaluationBlocks() {}

  /**
   * Key figures, confusion matrices, reliability diagrams and the per-class table, of whole tracks
   * and of slices.
   */
  public static List<Block> of(Evaluation evaluation) {
    ClassificationReport tracks = evaluation.tracks();
    ClassificationReport slices = evaluation.slices();
    return List.of(
        figures(evaluation),
        new Paragraph(
            "A track is labelled by the mean probability of its slices. Confidence is the"
                + " probability of the label; a model is calibrated if as many labels are right as"
                + " its confidence says."),
        confusion("Confusion matrix of whole tracks", tracks),
        confusion("Confusion matrix of slices", slices),
        reliability("Reliability of whole tracks", "tracks", tracks.calibration()),
        reliability("Reliability of slices", "slices", slices.calibration()),
        perClass(tracks, slices));
  }

  /**
   * The tracks that the model was most sure of and wrong about, each with the slice that misled it
   * most.
   *
   * @param paths of the tracks, by track id; what is missing is called by its id
   */
  public static List<Block> mistakes(WorstMistakes mistakes, Map<String, String> paths) {
    return MistakeBlocks.of(mistakes, paths);
  }

  /** The figures of slices and of tracks, for the console. */
  public static TextTable table(Evaluation evaluation) {
    ClassificationReport tracks = evaluation.tracks();
    return new TextTable(
        List.of("", ">count", ">accuracy", ">top-5", ">macro F1", ">loss", ">calibration error"),
        List.of(
            row("slices", evaluation.slices()),
            row("tracks", tracks),
            List.of(
                "tracks, by majority of slices",
                "%,d".formatted(tracks.samples()),
                "%.3f".formatted(evaluation.majorityAccuracy()),
                "",
                "",
                "",
                "")));
  }

  private static List<String> row(String what, ClassificationReport report) {
    return List.of(
        what,
        "%,d".formatted(report.samples()),
        "%.3f".formatted(report.accuracy()),
        "%.3f".formatted(report.topFiveAccuracy()),
        "%.3f".formatted(report.macroF1()),
        "%.3f".formatted(report.loss()),
        "%.3f".formatted(report.calibration().expectedError()));
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
        new Figure("Macro F1", "%.3f".formatted(tracks.macroF1()), "of the tracks"),
        new Figure(
            "Calibration error",
            "%.3f".formatted(tracks.calibration().expectedError()),
            "expected, of the tracks; 0 is best"));
  }

  private static Block confusion(String title, ClassificationReport report) {
    return ConfusionHeatMap.of(title, report.classes(), counts(report));
  }

  private static Block reliability(String title, String unit, Calibration calibration) {
    return new ReliabilityDiagram(
        title,
        unit,
        calibration.bins().stream()
            .map(
                bin ->
                    new ReliabilityDiagram.Bin(
                        bin.from(), bin.to(), bin.samples(), bin.confidence(), bin.accuracy()))
            .toList(),
        calibration.expectedError(),
        calibration.maximumError());
  }

  private static Table perClass(ClassificationReport tracks, ClassificationReport slices) {
    List<Column> columns = new ArrayList<>(List.of(Column.text("class")));
    for (String unit : List.of("track", "slice")) {
      columns.add(Column.number(unit + "s"));
      columns.add(Column.number(unit + " precision"));
      columns.add(Column.number(unit + " recall"));
      columns.add(Column.number(unit + " F1"));
    }
    List<List<String>> rows = new ArrayList<>();
    for (int c = 0; c < tracks.classes().size(); c++) {
      List<String> row = new ArrayList<>(List.of(tracks.classes().get(c)));
      row.addAll(cells(tracks.scores().get(c)));
      row.addAll(cells(slices.scores().get(c)));
      rows.add(row);
    }
    return new Table("Per class, whole tracks and slices", columns, rows);
  }

  private static List<String> cells(ClassScore score) {
    return List.of(
        Long.toString(score.support()),
        "%.3f".formatted(score.precision()),
        "%.3f".formatted(score.recall()),
        "%.3f".formatted(score.f1()));
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
