package org.genrewise.jobs.spark;

import java.util.Optional;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import org.genrewise.device.DeviceChoice;

/** Starts Spark: on the cluster that spark-submit named, or embedded on all cores. */
public final class SparkSessions {
  private SparkSessions() {}

  /**
   * A session for one verb.
   *
   * @param verb the name that Spark shows
   */
  public static SparkSession start(String verb) {
    return start(verb, Optional.empty());
  }

  /**
   * A session for one verb.
   *
   * @param verb the name that Spark shows
   * @param device what its networks shall run on; empty if it runs none
   */
  public static SparkSession start(String verb, Optional<DeviceChoice> device) {
    SparkConf configuration = new SparkConf();
    device.ifPresent(choice -> NetworkDevice.choose(configuration, choice));
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
    readAndWriteOnS3(configuration);
    return SparkSession.builder().config(configuration).getOrCreate();
  }

  /**
   * Output on s3a:// is committed by uploads that are finished all at once; a rename there is a
   * slow copy that can be seen in part. Other file systems keep the classic committer.
   */
  private static void readAndWriteOnS3(SparkConf configuration) {
    configuration
        // The default stream keeps up to 2 GB of what it has read on the heap, and sizes for a day.
        .setIfMissing("spark.hadoop.fs.s3a.input.stream.type", "classic")
        .setIfMissing("spark.hadoop.fs.s3a.committer.name", "magic")
        .setIfMissing("spark.hadoop.fs.s3a.committer.magic.enabled", "true")
        .setIfMissing(
            "spark.hadoop.mapreduce.outputcommitter.factory.scheme.s3a",
            "org.apache.hadoop.fs.s3a.commit.S3ACommitterFactory")
        .setIfMissing(
            "spark.sql.sources.commitProtocolClass",
            "org.apache.spark.internal.io.cloud.PathOutputCommitProtocol")
        .setIfMissing(
            "spark.sql.parquet.output.committer.class",
            "org.apache.spark.internal.io.cloud.BindingParquetOutputCommitter");
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
