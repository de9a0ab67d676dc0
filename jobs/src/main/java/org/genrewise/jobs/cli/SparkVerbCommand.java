package org.genrewise.jobs.cli;

import java.io.IOException;
import org.apache.spark.sql.SparkSession;
import org.genrewise.jobs.settings.Settings;
import org.genrewise.jobs.settings.SettingsSchema;
import org.genrewise.jobs.spark.SparkSessions;

/** A verb whose work is done by Spark. */
public abstract class SparkVerbCommand extends VerbCommand {

  protected SparkVerbCommand(SettingsSchema schema) {
    super(schema);
  }

  @Override
  protected final void execute(Console console, Settings settings) throws IOException {
    try (SparkSession spark = SparkSessions.start(verb())) {
      console.note(
          "genrewise %s %s; %s; Java %s"
              .formatted(
                  verb(), Version.text(), SparkSessions.description(spark), Runtime.version()));
      run(spark, console, settings);
    }
  }

  /** Does the work of the verb. */
  protected abstract void run(SparkSession spark, Console console, Settings settings);
}
