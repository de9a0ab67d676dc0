package org.genrewise.jobs.train;

import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.genrewise.jobs.spark.Locations;
import org.genrewise.training.Split;

/** The table of which track was for what. The columns are described in docs/schemas.md. */
final class SplitTable {
  static final StructType SCHEMA =
      new StructType()
          .add("track_id", DataTypes.StringType)
          .add("label", DataTypes.StringType)
          .add("group", DataTypes.StringType)
          .add("part", DataTypes.StringType);

  private SplitTable() {}

  static void write(SparkSession spark, Split split, String location) {
    List<Row> rows =
        split.assignments().stream()
            .map(
                assignment ->
                    RowFactory.create(
                        assignment.track().id(),
                        assignment.track().label(),
                        assignment.track().group().orElse(null),
                        assignment.part().name().toLowerCase(Locale.ROOT)))
            .toList();
    spark
        .createDataFrame(rows, SCHEMA)
        .coalesce(1)
        .write()
        .mode(SaveMode.Overwrite)
        .parquet(Locations.hadoop(location).toString());
  }
}
