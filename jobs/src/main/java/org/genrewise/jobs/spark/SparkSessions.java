package org.genrewise.jobs.spark;

import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;

/** Starts Spark: on the cluster that spark-submit named, or embedded on all cores. */
public final class SparkSessions {
  private SparkSessions() {}

  /**
   * A session for one verb.
   *
   * @param verb the name that Spark shows
   */
  public static SparkSession start(String verb) {
    SparkConf configuration = new SparkConf();
    boolean embedded = !configuration.contains("spark.master");
    if (embedded) {
      configuration
          .setMaster("local[*]")
          .set("spark.ui.enabled", "false")
          .set("spark.driver.host", "localhost")
          .set("spark.driver.bindAddress", "127.0.0.1");
    }
    configuration
        .setIfMissing("spark.app.name", "genrewise " + verb)
        .setIfMissing("spark.sql.session.timeZone", "UTC")
        .setIfMissing("spark.sql.parquet.compression.codec", "zstd")
        .setIfMissing("spark.sql.shuffle.partitions", embedded ? "8" : "200")
        .setIfMissing("spark.ui.showConsoleProgress", "false")
        .setIfMissing("spark.sql.adaptive.coalescePartitions.enabled", "false")
        // The classic algorithm 2 shows part of a table without an error after a crash.
        .setIfMissing("spark.hadoop.mapreduce.fileoutputcommitter.algorithm.version", "1");
    return SparkSession.builder().config(configuration).getOrCreate();
  }

  /** One line: version, master and cores. */
  public static String description(SparkSession spark) {
    return "Spark %s, %s, %d cores"
        .formatted(
            spark.version(),
            spark.sparkContext().master(),
            spark.sparkContext().defaultParallelism());
  }
}
