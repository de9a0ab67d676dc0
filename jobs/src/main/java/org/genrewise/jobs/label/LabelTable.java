package org.genrewise.jobs.label;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.Arrays;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.genrewise.inference.Rollup;
import org.genrewise.inference.SlicePredictions;
import org.genrewise.inference.TrackPrediction;
import org.genrewise.jobs.model.Engine;
import org.genrewise.network.Precision;

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
          .add("uncertain", DataTypes.BooleanType)
          .add("level2", DataTypes.StringType)
          .add("level1", DataTypes.StringType)
          .add("embedding", DataTypes.createArrayType(DataTypes.FloatType))
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

  private LabelTable() {}

  static Row row(
      ReadTrack track,
      SlicePredictions slices,
      Analysis analysis,
      RunIdentity run,
      Precision precision) {
    TrackPrediction prediction = slices.track();
    return RowFactory.create(
        track.id(),
        track.path(),
        track.sizeBytes(),
        track.modifiedAt(),
        track.durationSeconds(),
        prediction.label(),
        prediction.confidence(),
        prediction.majorityLabel(),
        prediction.top(TOP).stream()
            .map(candidate -> RowFactory.create(candidate.label(), candidate.probability()))
            .toArray(),
        Arrays.stream(prediction.probabilities()).boxed().toArray(),
        prediction.slices(),
        prediction.agreement(),
        prediction.confidence() < analysis.uncertainBelow(),
        Rollup.level2(prediction.label()).orElse(null),
        Rollup.level1(prediction.label()).orElse(null),
        analysis.writeEmbeddings() ? slices.meanEmbedding() : null,
        track.padded(),
        track.warnings().toArray(),
        run.modelId(),
        run.modelVersion(),
        run.featureVersion(),
        Engine.precision(precision),
        Engine.device(),
        run.runId(),
        Timestamp.from(Instant.now()),
        run.day());
  }
}
