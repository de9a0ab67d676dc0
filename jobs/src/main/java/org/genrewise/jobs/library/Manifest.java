package org.genrewise.jobs.library;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.genrewise.jobs.cli.UserException;
import org.genrewise.jobs.spark.HadoopConfiguration;
import org.genrewise.jobs.spark.Locations;

/**
 * A table that names the files of a library: CSV with a header line, or Parquet. Columns: path
 * (absolute, a URI, or relative to the input folder), label and group (both may be missing or
 * empty). Other columns are ignored. Every path becomes a track, whatever its ending, and one that
 * does not exist becomes a failure when it is opened.
 */
public final class Manifest {
  private Manifest() {}

  /**
   * Reads a manifest.
   *
   * @param location of the manifest; one that ends in .csv is CSV, any other Parquet
   * @param input folder that relative paths start from
   * @throws UserException if it cannot be read or has no path column
   */
  public static Library read(SparkSession spark, String location, String input) {
    Dataset<Row> table = table(spark, location);
    Configuration configuration = spark.sparkContext().hadoopConfiguration();
    List<String> columns = Arrays.asList(table.columns());
    List<Track> tracks = new ArrayList<>();
    for (Row row : table.collectAsList()) {
      tracks.add(
          track(
              resolve(input, path(row, columns, location)),
              text(row, columns, "label"),
              text(row, columns, "group"),
              configuration));
    }
    long distinct = tracks.stream().map(Track::path).distinct().count();
    if (distinct < tracks.size()) {
      throw new UserException(
          "the manifest %s names %d paths more than once"
              .formatted(location, tracks.size() - distinct));
    }
    return new Library(tracks, List.of());
  }

  /**
   * The tracks of a manifest without its labels and groups, never all in one place; each path once.
   * The executors ask the file systems.
   *
   * @throws UserException if it cannot be read, has no path column or a row without a path
   */
  public static JavaRDD<Track> stream(SparkSession spark, String location, String input) {
    Dataset<Row> table = table(spark, location);
    List<String> columns = List.of(table.columns());
    // Asked here: what a task throws reaches the driver as text only.
    if (!table.filter(table.col("path").isNull().or(table.col("path").equalTo(""))).isEmpty()) {
      throw withoutPath(location);
    }
    return table
        .javaRDD()
        .map(row -> resolve(input, path(row, columns, location)))
        .distinct()
        .map(path -> track(path, null, null, HadoopConfiguration.current()));
  }

  private static String path(Row row, List<String> columns, String location) {
    String path = text(row, columns, "path");
    if (path == null) {
      throw withoutPath(location);
    }
    return path;
  }

  private static UserException withoutPath(String location) {
    return new UserException("the manifest %s has a row without a path".formatted(location));
  }

  private static Dataset<Row> table(SparkSession spark, String location) {
    String path = Locations.hadoop(location).toString();
    Dataset<Row> table;
    try {
      table =
          location.endsWith(".csv")
              ? spark
                  .read()
                  .option("header", true)
                  .option("multiLine", true)
                  .option("quote", "\"")
                  .option("escape", "\"")
                  .csv(path)
              : spark.read().parquet(path);
    } catch (Exception e) {
      // Spark's checked AnalysisException is not declared by these methods.
      throw new UserException(
          "the manifest %s cannot be read: %s".formatted(location, firstLine(e)), e);
    }
    List<String> columns = Arrays.asList(table.columns());
    if (!columns.contains("path")) {
      throw new UserException(
          "the manifest %s has no column 'path'; it has: %s".formatted(location, columns));
    }
    return table;
  }

  private static String firstLine(Exception e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse(e.toString());
  }

  private static String text(Row row, List<String> columns, String column) {
    int index = columns.indexOf(column);
    Object value = index < 0 ? null : row.get(index);
    return value == null || value.toString().isEmpty() ? null : value.toString();
  }

  private static String resolve(String input, String path) {
    if (Locations.isRemote(path)) {
      return path;
    }
    if (Locations.isRemote(input)) {
      return input.replaceAll("/+$", "") + "/" + path;
    }
    return Locations.local(input).resolve(path).normalize().toString();
  }

  private static Track track(String path, String label, String group, Configuration configuration) {
    try {
      return new Track(path, label, group, FileState.of(path, configuration));
    } catch (IOException e) {
      return new Track(path, label, group, FileState.UNKNOWN);
    }
  }
}
