package org.genrewise.jobs.testing;

import java.io.OutputStream;
import java.io.PrintStream;
import org.apache.spark.sql.SparkSession;
import org.genrewise.jobs.cli.Console;
import org.genrewise.jobs.spark.SparkSessions;

/** One embedded Spark for all tests of the process, as the launcher starts it. */
public final class LocalSpark {
  private static SparkSession session;

  private LocalSpark() {}

  public static synchronized SparkSession session() {
    if (session == null) {
      session = SparkSessions.start("test");
    }
    return session;
  }

  /** A console that nobody reads. */
  public static Console silence() {
    return Console.to(new PrintStream(OutputStream.nullOutputStream()));
  }
}
