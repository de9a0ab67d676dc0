package org.genrewise.jobs.command;

import java.io.IOException;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.genrewise.device.Device;
import org.genrewise.device.DeviceChoice;
import org.genrewise.device.DeviceDecision;
import org.genrewise.jobs.cli.Console;
import org.genrewise.jobs.cli.Version;
import org.genrewise.jobs.settings.Settings;
import org.genrewise.jobs.settings.SettingsSchema;
import org.genrewise.jobs.spark.NetworkDevice;
import org.genrewise.jobs.spark.SparkSessions;

/** A verb whose work is done by Spark. */
public abstract class SparkVerbCommand extends VerbCommand {
  private Device device;

  protected SparkVerbCommand(SettingsSchema schema) {
    super(schema);
  }

  @Override
  protected final void execute(Console console, Settings settings) throws IOException {
    try (SparkSession spark = SparkSessions.start(verb(), deviceChoice())) {
      console.note(
          "genrewise %s %s; %s; Java %s"
              .formatted(
                  verb(), Version.text(), SparkSessions.description(spark), Runtime.version()));
      deviceChoice().ifPresent(choice -> decide(spark, console, choice));
      run(spark, console, settings);
    }
  }

  private void decide(SparkSession spark, Console console, DeviceChoice choice) {
    DeviceDecision decision = NetworkDevice.ofRun(spark, choice);
    if (!decision.reason().isEmpty()) {
      console.note(decision.reason());
    }
    device = decision.device();
  }

  /** What its networks shall run on, as the user says; empty if it runs none. */
  protected Optional<DeviceChoice> deviceChoice() {
    return Optional.empty();
  }

  /** What its networks run on; of a verb that has a {@link #deviceChoice}. */
  protected final Device device() {
    return device;
  }

  /** Does the work of the verb. */
  protected abstract void run(SparkSession spark, Console console, Settings settings);
}
