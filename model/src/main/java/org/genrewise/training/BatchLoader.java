package org.genrewise.training;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Draws batches of pictures in a thread of its own, one batch ahead of who takes them.
 *
 * <p>Every picture is in one batch. Where the batch size does not divide their number, all batches
 * are made a little smaller rather than the last one alone, so that batch norm never has much less
 * to go by than usual.
 */
final class BatchLoader implements AutoCloseable {

  /**
   * Pictures drawn for one step.
   *
   * @param pictures count x height x width x 3
   * @param labels class indices
   */
  record Batch(float[] pictures, int[] labels) {
    int count() {
      return labels.length;
    }
  }

  private final LabelledPictures pictures;
  private final int[] order;
  private final int values;
  private final int batches;
  private final ExecutorService thread;
  private int next;
  private Future<Batch> pending;

  /**
   * @param order which pictures, in which order; at least one
   * @param values number of values in a picture
   */
  BatchLoader(LabelledPictures pictures, int[] order, int values, int batchSize) {
    this.pictures = pictures;
    this.order = order;
    this.values = values;
    this.batches = (order.length - 1) / batchSize + 1;
    this.thread =
        Executors.newSingleThreadExecutor(
            task -> {
              Thread drawer = new Thread(task, "genrewise-pictures");
              drawer.setDaemon(true);
              return drawer;
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
    pending = batch < batches ? thread.submit(() -> draw(start(batch), start(batch + 1))) : null;
  }

  private int start(int batch) {
    return (int) ((long) order.length * batch / batches);
  }

  private Batch draw(int from, int to) throws IOException {
    Batch batch = new Batch(new float[(to - from) * values], new int[to - from]);
    for (int i = from; i < to; i++) {
      batch.labels()[i - from] = pictures.label(order[i]);
      pictures.draw(order[i], batch.pictures(), (i - from) * values);
    }
    return batch;
  }
}
