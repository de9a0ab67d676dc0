package org.genrewise.jobs.label;

import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.genrewise.jobs.cli.Console;
import org.genrewise.jobs.library.FileState;
import org.genrewise.jobs.library.LibraryLister;
import org.genrewise.jobs.library.Manifest;
import org.genrewise.jobs.library.Track;
import org.genrewise.jobs.spark.Locations;
import org.genrewise.jobs.track.LibrarySettings;

/**
 * The files of a library. Many are written part by part as they are found: a library of millions
 * never stands in the driver's memory.
 *
 * @param files {@link #SCHEMA}; each path once
 * @param otherFiles left alone because of the endings of their names
 */
record Inventory(Dataset<Row> files, long tracks, long otherFiles) {
  static final StructType SCHEMA =
      new StructType()
          .add("path", DataTypes.StringType)
          .add("size_bytes", DataTypes.LongType)
          .add("modified_millis", DataTypes.LongType);

  /**
   * Lists a library.
   *
   * @param location where the table is written
   * @throws org.genrewise.jobs.cli.UserException if it cannot be listed or holds no audio
   */
  static Inventory take(
      SparkSession spark, Console console, LibrarySettings library, String location) {
    String table = Locations.hadoop(location).toString();
    return library.manifest().isPresent()
        ? manifest(spark, library, table)
        : listing(spark, console, library, table);
  }

  private static Inventory manifest(SparkSession spark, LibrarySettings library, String table) {
    spark
        .createDataFrame(
            Manifest.stream(spark, library.manifest().get(), library.inputs().get(0))
                .map(Inventory::row),
            SCHEMA)
        .write()
        .parquet(table);
    Dataset<Row> files = read(spark, table);
    long tracks = files.count();
    if (tracks == 0) {
      throw library.noAudio(0);
    }
    return new Inventory(files, tracks, 0);
  }

  private static Inventory listing(
      SparkSession spark, Console console, LibrarySettings library, String table) {
    Parts parts = new Parts(spark, console, table);
    LibraryLister lister = new LibraryLister(library.endings());
    Configuration configuration = spark.sparkContext().hadoopConfiguration();
    library.inputs().forEach(input -> lister.walk(input, configuration, parts));
    if (parts.tracks == 0) {
      throw library.noAudio(parts.others);
    }
    Dataset<Row> files = parts.table();
    // Inputs may overlap.
    return library.inputs().size() == 1
        ? new Inventory(files, parts.tracks, parts.others)
        : new Inventory(files.distinct(), files.distinct().count(), parts.others);
  }

  private static Dataset<Row> read(SparkSession spark, String table) {
    return spark.read().schema(SCHEMA).parquet(table);
  }

  private static Row row(Track track) {
    FileState state = track.state();
    return RowFactory.create(track.path(), state.sizeBytesOrNull(), state.modifiedMillisOrNull());
  }

  /** A track as the executors take it. */
  static Track track(Row row) {
    return new Track(
        row.getAs("path"),
        null,
        null,
        orUnknown(row.<Long>getAs("size_bytes")),
        orUnknown(row.<Long>getAs("modified_millis")));
  }

  private static long orUnknown(Long value) {
    return value == null ? -1 : value;
  }

  private static final class Parts implements LibraryLister.Visitor {
    private final SparkSession spark;
    private final Console console;
    private final String table;
    private final List<Row> rows = new ArrayList<>();
    private long tracks;
    private long others;
    private boolean written;

    Parts(SparkSession spark, Console console, String table) {
      this.spark = spark;
      this.console = console;
      this.table = table;
    }

    @Override
    public void audio(Track track) {
      rows.add(row(track));
      tracks++;
      if (rows.size() == WorkTable.MOST_ROWS_ON_DRIVER) {
        flush();
      }
    }

    @Override
    public void other(String path) {
      others++;
    }

    Dataset<Row> table() {
      if (!written) {
        return WorkTable.onDriver(spark, rows, SCHEMA);
      }
      if (!rows.isEmpty()) {
        flush();
      }
      return read(spark, table);
    }

    private void flush() {
      WorkTable.onDriver(spark, rows, SCHEMA)
          .coalesce(1)
          .write()
          .mode(SaveMode.Append)
          .parquet(table);
      rows.clear();
      written = true;
      console.progress("list  %,d tracks, %,d other files".formatted(tracks, others));
    }
  }
}
