package org.genrewise.jobs.spark;

import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;
import org.apache.spark.deploy.SparkHadoopUtil;

/**
 * The Hadoop settings of a task. A {@code new Configuration()} on an executor knows the files of
 * its machine alone, and nothing of the run's {@code spark.hadoop.*}.
 */
public final class HadoopConfiguration {
  private static Current current;

  private record Current(SparkEnv environment, Configuration configuration) {}

  private HadoopConfiguration() {}

  /** For verbs without Spark: this machine's settings and what spark-submit was given. */
  public static Configuration withoutSpark() {
    return SparkHadoopUtil.get().newConfiguration(new SparkConf());
  }

  /**
   * This machine's settings and those of Spark, on the driver and on executors; built once in a
   * process. Not to be changed.
   */
  public static synchronized Configuration current() {
    SparkEnv environment = SparkEnv.get();
    // a process that embeds Spark may start it again with other settings
    if (current == null || current.environment() != environment) {
      Configuration configuration =
          environment == null
              ? new Configuration()
              : SparkHadoopUtil.get().newConfiguration(environment.conf());
      current = new Current(environment, configuration);
    }
    return current.configuration();
  }
}
