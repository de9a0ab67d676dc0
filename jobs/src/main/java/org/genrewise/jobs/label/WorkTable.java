package org.genrewise.jobs.label;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.genrewise.jobs.spark.Locations;

/**
 * Tables that a run keeps for itself: small ones on the driver, where a query on them costs no job;
 * large ones in the staging folder.
 */
final class WorkTable {

  /** Some hundred bytes each. */
  static final int MOST_ROWS_ON_DRIVER = 20_000;

  private WorkTable() {}

  static Dataset<Row> onDriver(SparkSession spark, List<Row> rows, StructType schema) {
    return spark.createDataFrame(List.copyOf(rows), schema);
  }

  /**
   * Computes a table once.
   *
   * @param bound no table has more rows than this
   * @param location where it is written if it may be large; in the order of {@code column}
   */
  static Dataset<Row> keep(
      SparkSession spark, Dataset<Row> rows, long bound, String column, String location) {
    if (bound <= MOST_ROWS_ON_DRIVER) {
      return onDriver(spark, rows.collectAsList(), rows.schema());
    }
    String table = Locations.hadoop(location).toString();
    rows.repartitionByRange(rows.col(column)).sortWithinPartitions(column).write().parquet(table);
    return spark.read().parquet(table);
  }
}
