package org.genrewise.jobs.model;

import java.util.List;
import java.util.Locale;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.genrewise.device.Device;
import org.genrewise.device.ProcessDevice;
import org.genrewise.jobs.spark.NetworkDevice;
import org.genrewise.network.Precision;
import org.genrewise.network.Versions;
import org.nd4j.linalg.factory.Nd4j;

/** On what networks run, for the first lines of a run and for its rows. */
public final class Engine {
  private Engine() {}

  /** The device that computes in this process. */
  public static String device() {
    return ProcessDevice.device().text();
  }

  /** The precision as users write it. */
  public static String precision(Precision precision) {
    return precision.name().toLowerCase(Locale.ROOT);
  }

  /** One line of this process: device, precision, library and threads. */
  public static String description(Precision precision) {
    return "device %s, precision %s, %s".formatted(device(), precision(precision), library());
  }

  /** What computes in this process: library, its version, threads. */
  public static String library() {
    return "ND4J %s%s, %s threads"
        .formatted(
            Versions.nd4j(),
            library(ProcessDevice.device().kind()),
            Nd4j.getEnvironment().maxMasterThreads());
  }

  private static String library(Device.Kind device) {
    if (device == Device.Kind.CUDA) {
      return " on CUDA";
    }
    return Versions.hasOneDnn() ? " with oneDNN" : "";
  }

  /** The same of a run, as one of the processes sees it that its networks are in. */
  public static String description(SparkSession spark, Precision precision) {
    if (spark.sparkContext().isLocal()) {
      return hereIn(precision);
    }
    return JavaSparkContext.fromSparkContext(spark.sparkContext())
        .parallelize(List.of(precision), 1)
        .map(Engine::hereIn)
        .first();
  }

  private static String hereIn(Precision precision) {
    NetworkDevice.here();
    return description(precision);
  }
}
