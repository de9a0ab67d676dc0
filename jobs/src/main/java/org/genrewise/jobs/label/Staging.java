package org.genrewise.jobs.label;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.genrewise.jobs.spark.Locations;
import org.genrewise.jobs.spark.Storage;

/**
 * The folder {@code _work} of an output. A run writes the outcomes of each wave there in one step,
 * and is safe from then on: what is published from it can be published again.
 */
final class Staging {
  private static final String FOLDER = "_work";
  private static final String WAVE = "wave-";

  /** Spark's committers write it last. */
  private static final String COMMITTED = "_SUCCESS";

  private final SparkSession spark;
  private final Storage storage;
  private final String root;

  Staging(SparkSession spark, String output) {
    this.spark = spark;
    this.storage = new Storage(spark.sparkContext().hadoopConfiguration());
    this.root = output + "/" + FOLDER;
  }

  /** Where a run keeps a table of its own. */
  String table(String runId, String name) {
    return root + "/" + runId + "/" + name;
  }

  String wave(String runId, int number) {
    return table(runId, "%s%05d".formatted(WAVE, number));
  }

  /** The runs that left something. */
  List<String> runs() {
    return storage.names(root);
  }

  /** The waves of a run that were written to their end. */
  List<String> committedWaves(String runId) {
    List<String> waves = new ArrayList<>();
    for (String name : storage.names(root + "/" + runId)) {
      String wave = table(runId, name);
      if (name.startsWith(WAVE) && storage.exists(wave + "/" + COMMITTED)) {
        waves.add(wave);
      }
    }
    return waves;
  }

  Dataset<Row> read(Collection<String> waves) {
    return spark
        .read()
        .schema(OutcomeTable.SCHEMA)
        .parquet(
            waves.stream().map(wave -> Locations.hadoop(wave).toString()).toArray(String[]::new));
  }

  void delete(Collection<String> waves) {
    waves.forEach(storage::delete);
  }

  /** Deletes all of a run, and the folder if it was the last. */
  void deleteRun(String runId) {
    storage.delete(root + "/" + runId);
    if (storage.names(root).isEmpty()) {
      storage.delete(root);
    }
  }
}
