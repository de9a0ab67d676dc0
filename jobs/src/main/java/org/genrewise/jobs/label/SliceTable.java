package org.genrewise.jobs.label;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.genrewise.inference.Ranking;
import org.genrewise.inference.SlicePredictions;

/** The slices table, on request: one row a slice. The columns are described in docs/schemas.md. */
final class SliceTable {
  static final StructType SCHEMA =
      new StructType()
          .add("track_id", DataTypes.StringType)
          .add("path", DataTypes.StringType)
          .add("slice", DataTypes.IntegerType)
          .add("start_seconds", DataTypes.DoubleType)
          .add("end_seconds", DataTypes.DoubleType)
          .add("label", DataTypes.StringType)
          .add("confidence", DataTypes.DoubleType)
          .add("probabilities", DataTypes.createArrayType(DataTypes.DoubleType))
          .add("model_version", DataTypes.StringType)
          .add("run_id", DataTypes.StringType)
          .add("labelled_on", DataTypes.DateType);

  static final String FOLDER = "slices";

  private SliceTable() {}

  static Row[] rows(
      ReadTrack track, SlicePredictions predictions, double sliceSeconds, RunIdentity run) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < predictions.slices(); i++) {
      double[] probabilities = widened(predictions.probabilities(i));
      int best = Ranking.best(probabilities);
      ReadTrack.Start start = track.slices().get(i);
      rows.add(
          RowFactory.create(
              track.id(),
              track.path(),
              start.index(),
              start.seconds(),
              Math.min(start.seconds() + sliceSeconds, track.durationSeconds()),
              predictions.classes().get(best),
              probabilities[best],
              probabilities,
              run.modelVersion(),
              run.runId(),
              run.day()));
    }
    return rows.toArray(Row[]::new);
  }

  private static double[] widened(float[] values) {
    double[] widened = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      widened[i] = values[i];
    }
    return widened;
  }
}
