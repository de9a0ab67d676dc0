package org.genrewise.jobs.label;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.Arrays;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.genrewise.extraction.TrackFeatures;
import org.genrewise.inference.TrackPrediction;
import org.genrewise.jobs.library.Track;
import org.genrewise.picture.Slice;

/** The labels table: one row a track. The columns are described in docs/schemas.md. */
public final class LabelTable {
  private static final int TOP = 5;

  private static final StructType CANDIDATE =
      new StructType().add("label", DataTypes.StringType).add("probability", DataTypes.DoubleType);

  public static final StructType SCHEMA =
      new StructType()
          .add("track_id", DataTypes.StringType)
          .add("path", DataTypes.StringType)
          .add("size_bytes", DataTypes.LongType)
          .add("modified_at", DataTypes.TimestampType)
          .add("duration_seconds", DataTypes.DoubleType)
          .add("label", DataTypes.StringType)
          .add("confidence", DataTypes.DoubleType)
          .add("majority_label", DataTypes.StringType)
          .add("top5", DataTypes.createArrayType(CANDIDATE))
          .add("probabilities", DataTypes.createArrayType(DataTypes.DoubleType))
          .add("slices", DataTypes.IntegerType)
          .add("agreement", DataTypes.DoubleType)
          .add("padded", DataTypes.BooleanType)
          .add("warnings", DataTypes.createArrayType(DataTypes.StringType))
          .add("model_id", DataTypes.StringType)
          .add("model_version", DataTypes.StringType)
          .add("feature_version", DataTypes.StringType)
          .add("precision", DataTypes.StringType)
          .add("device", DataTypes.StringType)
          .add("run_id", DataTypes.StringType)
          .add("labelled_at", DataTypes.TimestampType)
          .add("labelled_on", DataTypes.DateType);

  /** Folder of the table below the output of a run. */
  public static final String FOLDER = "labels";

  /** The column that the table is partitioned by. */
  static final String PARTITION = "labelled_on";

  private LabelTable() {}

  static Row row(Track track, TrackFeatures features, TrackPrediction prediction, LabelRun run) {
    Instant now = Instant.now();
    return RowFactory.create(
        track.id(),
        track.path(),
        track.sizeBytes() < 0 ? null : track.sizeBytes(),
        track.modifiedMillis() < 0 ? null : new Timestamp(track.modifiedMillis()),
        features.durationSeconds(),
        prediction.label(),
        prediction.confidence(),
        prediction.majorityLabel(),
        prediction.top(TOP).stream()
            .map(candidate -> RowFactory.create(candidate.label(), candidate.probability()))
            .toArray(),
        Arrays.stream(prediction.probabilities()).boxed().toArray(),
        prediction.slices(),
        prediction.agreement(),
        features.slices().stream().anyMatch(Slice::padded),
        features.warnings().toArray(),
        run.modelId(),
        run.modelVersion(),
        run.featureVersion(),
        run.precision(),
        run.device(),
        run.runId(),
        Timestamp.from(now),
        run.day());
  }
}
