package org.genrewise.jobs.spark;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.resource.ResourceInformation;
import org.apache.spark.sql.SparkSession;
import org.genrewise.device.DeviceChoice;
import org.genrewise.device.DeviceDecision;
import org.genrewise.device.DeviceException;
import org.genrewise.device.ProcessDevice;
import org.genrewise.jobs.cli.Console;

/**
 * What the networks of a run compute on. Each process decides for itself, under the choice of the
 * run's user, and on executors with the GPU that Spark gave the task.
 */
public final class NetworkDevice {
  private static final String CHOICE = "spark.genrewise.device";
  private static final String RESOURCE = "gpu";

  /** What Spark calls the driver among executors. */
  private static final String DRIVER = "driver";

  /** Whether the log of this executor has the reason of its decision. */
  private static final AtomicBoolean TOLD = new AtomicBoolean();

  /**
   * An executor's word.
   *
   * @param decision null if it refuses
   * @param refusal why; null if it does not
   */
  private record Told(DeviceDecision decision, String refusal) implements Serializable {}

  private NetworkDevice() {}

  /** Has every process of a run know the choice. */
  static void choose(SparkConf configuration, DeviceChoice choice) {
    configuration.set(CHOICE, choice.text());
  }

  /**
   * Decides for this process. A task calls it before anything that may start ND4J.
   *
   * @throws DeviceException if the choice cannot be had
   */
  public static DeviceDecision here() {
    return here(choice());
  }

  private static DeviceDecision here(DeviceChoice choice) {
    DeviceDecision decision = ProcessDevice.decide(choice, address());
    if (!decision.reason().isEmpty() && isExecutor() && TOLD.compareAndSet(false, true)) {
      Console.standard().note(decision.reason());
    }
    return decision;
  }

  private static boolean isExecutor() {
    SparkEnv environment = SparkEnv.get();
    return environment != null && !environment.executorId().equals(DRIVER);
  }

  private static DeviceChoice choice() {
    SparkEnv environment = SparkEnv.get();
    return environment == null
        ? DeviceChoice.AUTO
        : DeviceChoice.parse(environment.conf().get(CHOICE, DeviceChoice.AUTO.text()));
  }

  /** The GPU that Spark gave this task; empty on a driver, and where Spark knows of no GPUs. */
  static Optional<String> address() {
    TaskContext task = TaskContext.get();
    ResourceInformation given = task == null ? null : task.resourcesJMap().get(RESOURCE);
    return given == null || given.addresses().length == 0
        ? Optional.empty()
        : Optional.of(given.addresses()[0]);
  }

  /**
   * Decides where the networks of a run are: in this process, or as one of the executors tells.
   *
   * @throws DeviceException if the choice cannot be had there
   */
  public static DeviceDecision ofRun(SparkSession spark, DeviceChoice choice) {
    if (spark.sparkContext().isLocal()) {
      return here(choice);
    }
    Told told =
        JavaSparkContext.fromSparkContext(spark.sparkContext())
            .parallelize(List.of(choice), 1)
            .map(NetworkDevice::tell)
            .first();
    if (told.refusal() != null) {
      throw new DeviceException(told.refusal());
    }
    return told.decision();
  }

  private static Told tell(DeviceChoice choice) {
    try {
      return new Told(here(choice), null);
    } catch (DeviceException e) {
      return new Told(null, e.getMessage());
    }
  }
}
