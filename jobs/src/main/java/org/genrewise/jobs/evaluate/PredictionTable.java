package org.genrewise.jobs.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.LongAccumulator;
import org.genrewise.inference.Labeller;
import org.genrewise.inference.TrackPrediction;
import org.genrewise.inference.Votes;
import org.genrewise.jobs.extract.FeatureTable;
import org.genrewise.jobs.model.LoadedModel;
import org.genrewise.picture.Slice;

/** The predictions table: one row a track. The columns are described in docs/schemas.md. */
final class PredictionTable {
  static final StructType SCHEMA =
      new StructType()
          .add("track_id", DataTypes.StringType)
          .add("label", DataTypes.StringType)
          .add("predicted", DataTypes.StringType)
          .add("majority_label", DataTypes.StringType)
          .add("confidence", DataTypes.DoubleType)
          .add("probabilities", DataTypes.createArrayType(DataTypes.DoubleType))
          .add("slices", DataTypes.IntegerType)
          .add("agreement", DataTypes.DoubleType)
          .add("slice_probabilities", DataTypes.createArrayType(DataTypes.FloatType));

  private PredictionTable() {}

  /** Predicts on an executor: takes slices sorted by track, gives a row a track. */
  static MapPartitionsFunction<Row, Row> predictor(
      String model, String version, LongAccumulator done) {
    return rows -> new Predictions(rows, LoadedModel.shared(model, version).labeller(), done);
  }

  private static final class Predictions implements Iterator<Row> {
    private final Iterator<Row> rows;
    private final Labeller labeller;
    private final LongAccumulator done;
    private Row next;

    Predictions(Iterator<Row> rows, Labeller labeller, LongAccumulator done) {
      this.rows = rows;
      this.labeller = labeller;
      this.done = done;
      this.next = rows.hasNext() ? rows.next() : null;
    }

    @Override
    public boolean hasNext() {
      return next != null;
    }

    @Override
    public Row next() {
      String id = next.getAs("track_id");
      String label = next.getAs("label");
      List<Slice> slices = new ArrayList<>();
      while (next != null && next.getAs("track_id").equals(id)) {
        slices.add(FeatureTable.slice(next));
        next = rows.hasNext() ? rows.next() : null;
      }
      done.add(1);
      return row(id, label, labeller.probabilities(slices));
    }

    private Row row(String id, String label, float[] probabilities) {
      TrackPrediction track = Votes.count(labeller.classes(), probabilities);
      Float[] slices = new Float[probabilities.length];
      Arrays.setAll(slices, i -> probabilities[i]);
      return RowFactory.create(
          id,
          label,
          track.label(),
          track.majorityLabel(),
          track.confidence(),
          Arrays.stream(track.probabilities()).boxed().toArray(),
          track.slices(),
          track.agreement(),
          slices);
    }
  }
}
