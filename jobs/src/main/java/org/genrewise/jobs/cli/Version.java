package org.genrewise.jobs.cli;

import picocli.CommandLine.IVersionProvider;

/** The version of this program, as the build wrote it into the jar. */
public final class Version implements IVersionProvider {

  /** The version; "development" when run from class files. */
  public static String text() {
    String version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }

  @Override
  public String[] getVersion() {
    return new String[] {"genrewise " + text()};
  }
}
