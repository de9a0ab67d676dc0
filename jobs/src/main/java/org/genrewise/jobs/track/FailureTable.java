package org.genrewise.jobs.track;

import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.genrewise.audio.AudioException;
import org.genrewise.jobs.library.Track;

/** The failures table: one row for each track that could not be used. */
public final class FailureTable {

  /** See docs/schemas.md. */
  public static final StructType SCHEMA =
      new StructType()
          .add("track_id", DataTypes.StringType)
          .add("path", DataTypes.StringType)
          .add("stage", DataTypes.StringType)
          .add("kind", DataTypes.StringType)
          .add("message", DataTypes.StringType)
          .add("attempts", DataTypes.IntegerType);

  /** Folder of the table below the output of a run. */
  public static final String FOLDER = "failures";

  /** The kind of a failure that is no fault of the audio, but ours. */
  public static final String INTERNAL = "internal";

  private FailureTable() {}

  static Row row(Track track, AudioException fault) {
    return RowFactory.create(
        track.id(), track.path(), "decode", fault.kind().id(), fault.getMessage(), 1);
  }

  static Row row(Track track, RuntimeException fault) {
    return RowFactory.create(track.id(), track.path(), "features", INTERNAL, fault.toString(), 1);
  }
}
