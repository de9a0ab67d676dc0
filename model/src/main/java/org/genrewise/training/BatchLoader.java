package org.genrewise.training;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Has batches drawn in a thread of its own, one ahead of who takes them. */
final class BatchLoader implements AutoCloseable {
  private final BatchDrawer drawer;
  private final int[] order;
  private final int epoch;
  private final int end;
  private final ExecutorService thread;
  private int next;
  private Future<Batch> pending;

  /**
   * @param order of the pictures in this epoch
   * @param begin number of the first batch
   * @param end number after the last batch
   */
  BatchLoader(BatchDrawer drawer, int[] order, int epoch, int begin, int end) {
    this.drawer = drawer;
    this.order = order;
    this.epoch = epoch;
    this.next = begin;
    this.end = end;
    this.thread =
        Executors.newSingleThreadExecutor(
            task -> {
              Thread daemon = new Thread(task, "genrewise-pictures");
              daemon.setDaemon(true);
              return daemon;
            });
    prepare();
  }

  boolean hasNext() {
    return pending != null;
  }

  Batch next() throws IOException {
    try {
      Batch batch = pending.get();
      prepare();
      return batch;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException cause) {
        throw new IOException(
            "cannot draw batch %d: %s".formatted(next, cause.getMessage()), cause);
      }
      throw new IllegalStateException("cannot draw batch %d".formatted(next), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for pictures");
    }
  }

  /** Waits for a batch that is being drawn: an interrupt would close the store of slices. */
  @Override
  public void close() {
    thread.shutdown();
    boolean interrupted = false;
    while (!thread.isTerminated()) {
      try {
        thread.awaitTermination(1, TimeUnit.MINUTES);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void prepare() {
    int batch = next++;
    pending = batch < end ? thread.submit(() -> drawer.draw(order, epoch, batch)) : null;
  }
}
