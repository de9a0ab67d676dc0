package org.genrewise.jobs.demo;

import static org.apache.spark.sql.functions.col;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.genrewise.jobs.cli.Console;
import org.genrewise.jobs.cli.UserException;
import org.genrewise.jobs.evaluate.EvaluationBlocks;
import org.genrewise.jobs.extract.FeatureTable;
import org.genrewise.jobs.train.TrainingBlocks;
import org.genrewise.picture.SlicePng;
import org.genrewise.report.Block;
import org.genrewise.report.ImageGrid;
import org.genrewise.report.ImageGrid.Image;
import org.genrewise.report.KeyFigures;
import org.genrewise.report.KeyFigures.Figure;
import org.genrewise.report.Paragraph;
import org.genrewise.report.Report;
import org.genrewise.report.Table;
import org.genrewise.report.Table.Column;

/** The page that a demo run leaves. */
final class DemoReport {
  private DemoReport() {}

  static void write(DemoResult result, DemoSettings settings, Dataset<Row> features) {
    Report report =
        Report.titled(
                "Genrewise demo",
                "%,d tracks, %,d slices, a VGG19_BN of width %s at %d x %d, in %s"
                    .formatted(
                        result.extract().tracks(),
                        result.extract().slices(),
                        settings.training().shape().width(),
                        settings.training().shape().inputSize(),
                        settings.training().shape().inputSize(),
                        Console.duration(result.seconds())))
            .section("Labels of tracks that training never saw", labels(result))
            .section("How good the labels are", EvaluationBlocks.of(result.train().test()))
            .section("How the network learnt", TrainingBlocks.of(result.train().training()))
            .section("What the network sees", pictures(features));
    try {
      report.write(result.report());
    } catch (IOException e) {
      throw new UserException("cannot write %s: %s".formatted(result.report(), e), e);
    }
  }

  private static List<Block> labels(DemoResult result) {
    return List.of(
        KeyFigures.of(
            new Figure(
                "Tracks labelled right",
                "%d of %d"
                    .formatted(
                        result.labelled().stream().filter(DemoResult.LabelledTrack::right).count(),
                        result.labelled().size()),
                ""),
            new Figure(
                "Labelling speed",
                "%,.0f".formatted(result.label().tracksPerHour()),
                "tracks an hour, %,.0f times real time".formatted(result.label().timesRealTime()))),
        new Table(
            "",
            List.of(
                Column.text("track"),
                Column.text("true label"),
                Column.text("label"),
                Column.number("confidence"),
                Column.text("")),
            result.labelled().stream()
                .map(
                    track ->
                        List.of(
                            track.name(),
                            track.truth(),
                            track.label(),
                            "%.3f".formatted(track.confidence()),
                            track.right() ? "right" : "wrong"))
                .toList()));
  }

  private static List<Block> pictures(Dataset<Row> features) {
    List<Image> images = new ArrayList<>();
    TreeSet<String> seen = new TreeSet<>();
    for (Row row : firstTrackOfEachLabel(features)) {
      String label = row.getAs("label");
      if (seen.add(label)) {
        images.add(
            new Image(
                label,
                "Constant-Q spectrogram of 11.4 seconds of " + label,
                SlicePng.encode(FeatureTable.slice(row))));
      }
    }
    return List.of(
        new Paragraph(
            "The first slice of one track a class: 11.4 seconds from left to right, seven octaves"
                + " from C1 at the bottom to B7 at the top, each picture scaled to its own loudest"
                + " and softest point."),
        new ImageGrid("Constant-Q spectrograms, one a class", images));
  }

  private static List<Row> firstTrackOfEachLabel(Dataset<Row> features) {
    Dataset<Row> first = features.groupBy("label").agg(org.apache.spark.sql.functions.min("path"));
    return features
        .join(first.withColumnRenamed("min(path)", "path"), "path")
        .filter(col("slice").equalTo(0))
        .select(features.col("*"))
        .orderBy(features.col("label"))
        .collectAsList();
  }
}
