package org.genrewise.jobs.library;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.genrewise.jobs.cli.UserException;

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
    List<String> columns = Arrays.asList(table.columns());
    if (!columns.contains("path")) {
      throw new UserException(
          "the manifest %s has no column 'path'; it has: %s".formatted(location, columns));
    }
    Configuration configuration = spark.sparkContext().hadoopConfiguration();
    List<Track> tracks = new ArrayList<>();
    for (Row row : table.collectAsList()) {
      String path = text(row, columns, "path");
      if (path == null) {
        throw new UserException("the manifest %s has a row without a path".formatted(location));
      }
      tracks.add(
          track(
              resolve(input, path),
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

  private static Dataset<Row> table(SparkSession spark, String location) {
    String path = Locations.hadoop(location).toString();
    try {
      return location.endsWith(".csv")
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
      if (Locations.isRemote(path)) {
        org.apache.hadoop.fs.Path remote = Locations.remote(path);
        FileStatus status = FileSystem.get(remote.toUri(), configuration).getFileStatus(remote);
        return new Track(path, label, group, status.getLen(), status.getModificationTime());
      }
      BasicFileAttributes attributes =
          Files.readAttributes(Path.of(path), BasicFileAttributes.class);
      return new Track(
          path, label, group, attributes.size(), attributes.lastModifiedTime().toMillis());
    } catch (IOException e) {
      return new Track(path, label, group, -1, -1);
    }
  }
}
