package org.genrewise.jobs.spark;

import org.apache.spark.util.LongAccumulator;
import org.genrewise.jobs.cli.Console;
import org.genrewise.jobs.cli.Eta;

/** Shows how many items the running tasks have finished, until it is closed. */
public final class StageProgress implements AutoCloseable {
  private static final long POLL_MILLIS = 200;

  private final Thread thread;

  public StageProgress(Console console, String stage, Eta eta, LongAccumulator done) {
    thread =
        new Thread(
            () -> {
              try {
                while (true) {
                  Thread.sleep(POLL_MILLIS);
                  console.progress(eta.line(stage, done.value()));
                }
              } catch (InterruptedException e) {
                // closed
              }
            },
            "progress");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
