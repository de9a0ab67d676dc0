package org.genrewise.jobs.label;

import static org.apache.spark.sql.functions.current_timestamp;
import static org.apache.spark.sql.functions.lit;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.genrewise.jobs.spark.Locations;

/**
 * The tracks that have labels but are no longer listed.
 *
 * @param tracks track_id and path
 */
record RemovedTable(Dataset<Row> tracks, long count) {
  private static final String FOLDER = "removed";

  static RemovedTable of(Inventory inventory, History history) {
    Dataset<Row> gone =
        history
            .labels()
            .select("track_id", "path")
            .distinct()
            .join(inventory.files().select("path"), new String[] {"path"}, "left_anti");
    return new RemovedTable(gone, gone.count());
  }

  void append(String output, String runId) {
    if (count > 0) {
      tracks
          .select("track_id", "path")
          .withColumn("run_id", lit(runId))
          .withColumn("noticed_at", current_timestamp())
          .coalesce(1)
          .write()
          .mode(SaveMode.Append)
          .parquet(Locations.hadoop(output + "/" + FOLDER).toString());
    }
  }
}
