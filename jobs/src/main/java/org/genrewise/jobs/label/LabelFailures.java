package org.genrewise.jobs.label;

import java.sql.Timestamp;
import java.time.Instant;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.genrewise.jobs.library.FileState;
import org.genrewise.jobs.library.Track;
import org.genrewise.jobs.track.FailureTable;

/**
 * The failures table of label runs: that of all jobs, and what the next run needs to know. The
 * columns are described in docs/schemas.md.
 */
final class LabelFailures {
  static final StructType SCHEMA =
      FailureTable.SCHEMA
          .add("permanent", DataTypes.BooleanType)
          .add("size_bytes", DataTypes.LongType)
          .add("modified_at", DataTypes.TimestampType)
          .add("limits", DataTypes.StringType)
          .add("model_version", DataTypes.StringType)
          .add("feature_version", DataTypes.StringType)
          .add("run_id", DataTypes.StringType)
          .add("failed_at", DataTypes.TimestampType)
          .add("labelled_on", DataTypes.DateType);

  /** The process ran out of memory over this track. */
  static final String OUT_OF_MEMORY = "out_of_memory";

  private LabelFailures() {}

  /**
   * A row.
   *
   * @param permanent whether trying again with the same file must end the same way
   */
  static Row row(
      Track track,
      FileState state,
      String stage,
      String kind,
      boolean permanent,
      String message,
      int attempts,
      RunIdentity run) {
    return RowFactory.create(
        track.id(),
        track.path(),
        stage,
        kind,
        message,
        attempts,
        permanent,
        ReadTrack.sizeBytes(state),
        ReadTrack.modifiedAt(state),
        run.limits(),
        run.modelVersion(),
        run.featureVersion(),
        run.runId(),
        Timestamp.from(Instant.now()),
        run.day());
  }
}
