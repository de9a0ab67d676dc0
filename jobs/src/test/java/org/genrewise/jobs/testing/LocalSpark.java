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
    // verbs that a test runs by their command lines stop it when they end
    if (session == null || session.sparkContext().isStopped()) {
      System.setProperty("spark.hadoop.fs.flaky.impl", FlakyFiles.class.getName());
      session = SparkSessions.start("test");
    }
    return session;
  }

  /** Stops it, so that the next to start one can do so with settings of its own. */
  public static synchronized void stop() {
    if (session != null) {
      session.stop();
      session = null;
    }
  }

  /** A console that nobody reads. */
  public static Console silence() {
    return Console.to(new PrintStream(OutputStream.nullOutputStream()));
  }
}
