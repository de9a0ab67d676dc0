package org.genrewise.jobs.command;

import org.apache.spark.package$;
import org.genrewise.device.DeviceBuild;
import org.genrewise.jobs.cli.Version;
import org.genrewise.network.Versions;
import picocli.CommandLine.IVersionProvider;

/** What --version tells: this program, and what it runs on. */
public final class VersionLines implements IVersionProvider {
  /** Made by the command line parser. */
  public VersionLines() {}

  @Override
  public String[] getVersion() {
    return new String[] {
      "genrewise %s, built for %s".formatted(Version.text(), DeviceBuild.current().profile()),
      "Java %s (%s)".formatted(Runtime.version(), System.getProperty("java.vendor")),
      "Spark " + package$.MODULE$.SPARK_VERSION(),
      "ND4J " + Versions.nd4j()
    };
  }
}
