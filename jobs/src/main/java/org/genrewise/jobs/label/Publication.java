package org.genrewise.jobs.label;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;

import java.util.Collection;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.genrewise.jobs.spark.Locations;
import org.genrewise.jobs.spark.Storage;
import org.genrewise.jobs.track.FailureTable;

/**
 * Appends outcomes to the tables: slices, then failures, then labels, so that a label never stands
 * without its slices. Partitioned by day; a file holds up to {@value #ROWS_PER_FILE} rows.
 */
final class Publication {

  /** The column that the tables are partitioned by. */
  private static final String PARTITION = "labelled_on";

  private static final int ROWS_PER_FILE = 100_000;

  private final SparkSession spark;
  private final String output;
  private final Staging staging;

  Publication(SparkSession spark, String output, Staging staging) {
    this.spark = spark;
    this.output = output;
    this.staging = staging;
  }

  /** Publishes waves of which nothing was published yet, and deletes them. */
  void publish(LabelWaves.Committed committed) {
    if (committed.waves().isEmpty()) {
      return;
    }
    Dataset<Row> outcomes = staging.read(committed.waves());
    append(slices(outcomes), committed.slices(), SliceTable.FOLDER);
    append(failures(outcomes), committed.failures(), FailureTable.FOLDER);
    append(labels(outcomes), committed.labels(), LabelTable.FOLDER);
    staging.delete(committed.waves());
  }

  /**
   * Publishes what a killed run left, whose waves may have been published in part.
   *
   * @return how many tracks got their row
   */
  long recover(String runId) {
    Collection<String> waves = staging.committedWaves(runId);
    long recovered = 0;
    if (!waves.isEmpty()) {
      History history = new History(spark, output);
      Dataset<Row> outcomes = staging.read(waves);
      append(missing(slices(outcomes), history.slices(), runId), SliceTable.FOLDER);
      recovered +=
          append(missing(failures(outcomes), history.failures(), runId), FailureTable.FOLDER);
      recovered += append(missing(labels(outcomes), history.labels(), runId), LabelTable.FOLDER);
    }
    staging.deleteRun(runId);
    return recovered;
  }

  private static Dataset<Row> labels(Dataset<Row> outcomes) {
    return outcomes.filter(col(OutcomeTable.LABEL).isNotNull()).select(OutcomeTable.LABEL + ".*");
  }

  private static Dataset<Row> failures(Dataset<Row> outcomes) {
    return outcomes
        .filter(col(OutcomeTable.FAILURE).isNotNull())
        .select(OutcomeTable.FAILURE + ".*");
  }

  private static Dataset<Row> slices(Dataset<Row> outcomes) {
    return outcomes.select(explode(col(OutcomeTable.SLICES)).as("slice")).select("slice.*");
  }

  /** Rows of tracks that have none of this run yet; a file of the tables holds whole tracks. */
  private static Dataset<Row> missing(Dataset<Row> rows, Dataset<Row> published, String runId) {
    Dataset<Row> there =
        published.filter(col("run_id").equalTo(runId)).select("track_id").distinct();
    return rows.join(there, rows.col("track_id").equalTo(there.col("track_id")), "left_anti");
  }

  private long append(Dataset<Row> rows, String folder) {
    // What a killed run was about to add.
    new Storage(spark.sparkContext().hadoopConfiguration())
        .delete(output + "/" + folder + "/_temporary");
    return append(rows, rows.count(), folder);
  }

  private long append(Dataset<Row> rows, long count, String folder) {
    if (count > 0) {
      rows.coalesce((int) (1 + (count - 1) / ROWS_PER_FILE))
          .write()
          .mode(SaveMode.Append)
          .partitionBy(PARTITION)
          .parquet(Locations.hadoop(output + "/" + folder).toString());
    }
    return count;
  }
}
