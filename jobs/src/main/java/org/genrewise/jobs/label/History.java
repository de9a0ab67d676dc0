package org.genrewise.jobs.label;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.unix_millis;

import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.genrewise.jobs.spark.Locations;
import org.genrewise.jobs.spark.Storage;
import org.genrewise.jobs.track.FailureTable;

/** What earlier runs wrote below one output. */
final class History {
  private final SparkSession spark;
  private final String output;

  History(SparkSession spark, String output) {
    this.spark = spark;
    this.output = output;
  }

  /** The labels, with all columns of today: those that an older version did not write are null. */
  Dataset<Row> labels() {
    return table(LabelTable.FOLDER, LabelTable.SCHEMA);
  }

  Dataset<Row> slices() {
    return table(SliceTable.FOLDER, SliceTable.SCHEMA);
  }

  Dataset<Row> failures() {
    return table(FailureTable.FOLDER, LabelFailures.SCHEMA);
  }

  private Dataset<Row> table(String folder, StructType schema) {
    String location = output + "/" + folder;
    return new Storage(spark.sparkContext().hadoopConfiguration()).exists(location)
        ? spark.read().schema(schema).parquet(Locations.hadoop(location).toString())
        : spark.createDataFrame(List.of(), schema);
  }

  /**
   * Every row that a file ever got: path, seen_size, seen_millis, and two flags: seen_current
   * (model, features and limits are those of this run) and seen_final (trying again would end the
   * same way).
   */
  Dataset<Row> seen(RunIdentity run) {
    Column version =
        col("model_version")
            .equalTo(run.modelVersion())
            .and(col("feature_version").equalTo(run.featureVersion()));
    Column withinLimits =
        not(col("kind").isin("too_short", "too_long")).or(col("limits").equalTo(run.limits()));
    return seen(labels(), version, lit(true))
        .union(seen(failures(), version.and(withinLimits), col("permanent")));
  }

  private static Dataset<Row> seen(Dataset<Row> table, Column current, Column last) {
    return table.select(
        col("path"),
        col("size_bytes").as("seen_size"),
        unix_millis(col("modified_at")).as("seen_millis"),
        current.as("seen_current"),
        last.as("seen_final"));
  }
}
