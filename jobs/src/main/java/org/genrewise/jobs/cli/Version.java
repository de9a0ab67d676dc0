package org.genrewise.jobs.cli;

/** The version of this program, as the build wrote it into the jar. */
public final class Version {
  private Version() {}

  /** The version; "development" when run from class files. */
  public static String text() {
    String version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}
