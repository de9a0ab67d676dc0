package org.genrewise.jobs.extract;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.genrewise.jobs.cli.UserException;
import org.genrewise.jobs.library.Track;
import org.genrewise.jobs.spark.Locations;
import org.genrewise.jobs.spark.Storage;
import org.genrewise.picture.Slice;

/** The features table: one row a slice. The columns are described in docs/schemas.md. */
public final class FeatureTable {
  public static final StructType SCHEMA =
      new StructType()
          .add("track_id", DataTypes.StringType)
          .add("path", DataTypes.StringType)
          .add("label", DataTypes.StringType)
          .add("group", DataTypes.StringType)
          .add("slice", DataTypes.IntegerType)
          .add("start_seconds", DataTypes.DoubleType)
          .add("bins", DataTypes.IntegerType)
          .add("frames", DataTypes.IntegerType)
          .add("cqt", DataTypes.BinaryType)
          .add("db_min", DataTypes.FloatType)
          .add("db_max", DataTypes.FloatType)
          .add("padded", DataTypes.BooleanType)
          .add("feature_version", DataTypes.StringType);

  /** Folder of the table below the output of a run. */
  public static final String FOLDER = "features";

  private FeatureTable() {}

  static Row row(Track track, Slice slice, String featureVersion) {
    return RowFactory.create(
        track.id(),
        track.path(),
        track.label(),
        track.group(),
        slice.index(),
        slice.startSeconds(),
        slice.bins(),
        slice.frames(),
        slice.indices(),
        slice.dbMin(),
        slice.dbMax(),
        slice.padded(),
        featureVersion);
  }

  /** The slice that a row of {@link #read} holds. */
  public static Slice slice(Row row) {
    return new Slice(
        row.getAs("slice"),
        row.getAs("start_seconds"),
        row.getAs("bins"),
        row.getAs("frames"),
        row.getAs("cqt"),
        row.getAs("db_min"),
        row.getAs("db_max"),
        row.getAs("padded"));
  }

  /**
   * Reads a features table.
   *
   * @param location the output folder of an extract run, or the table itself
   * @throws UserException if there is no such table there
   */
  public static Dataset<Row> read(SparkSession spark, String location) {
    Storage storage = new Storage(spark.sparkContext().hadoopConfiguration());
    if (!storage.exists(location)) {
      throw new UserException(
          "the features %s do not exist; make them with: genrewise extract".formatted(location));
    }
    String nested = location + "/" + FOLDER;
    String table = storage.exists(nested) ? nested : location;
    Dataset<Row> rows;
    try {
      rows = spark.read().parquet(Locations.hadoop(table).toString());
    } catch (Exception e) {
      // Spark's checked AnalysisException is not declared by this method.
      throw new UserException("there is no Parquet table at %s".formatted(table), e);
    }
    List<String> columns = List.of(rows.columns());
    List<String> missing =
        List.of(SCHEMA.fieldNames()).stream().filter(c -> !columns.contains(c)).toList();
    if (!missing.isEmpty()) {
      throw new UserException(
          "%s is not a features table: it lacks %s".formatted(table, String.join(", ", missing)));
    }
    return rows;
  }

  /**
   * The one feature version of a table.
   *
   * @throws UserException if the table is empty or mixes versions
   */
  public static String version(Dataset<Row> features) {
    List<String> versions =
        features.select("feature_version").distinct().limit(3).collectAsList().stream()
            .map(r -> r.getString(0))
            .sorted()
            .toList();
    if (versions.isEmpty()) {
      throw new UserException(
          "the features table has no rows; the table failures beside it says why");
    }
    if (versions.size() > 1) {
      throw new UserException(
          "the features were made with different settings: %s; extract them again with one"
              .formatted(String.join(", ", versions)));
    }
    return versions.get(0);
  }
}
