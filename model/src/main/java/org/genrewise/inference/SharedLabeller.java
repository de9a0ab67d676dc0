package org.genrewise.inference;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.genrewise.network.NetworkSettings;
import org.genrewise.picture.PictureRenderer;
import org.genrewise.picture.Slice;

/**
 * One network for all the threads of a process that have slices to label. Callers draw their
 * pictures themselves and put them into a queue; a thread of this object's takes what is there,
 * whatever track it comes from, in batches. So decoding goes on while the network runs, one network
 * has all cores, and the queue's length bounds the memory: {@value #QUEUED_BATCHES} batches, 0.6 MB
 * a picture of 224 x 224. Thread-safe.
 */
public final class SharedLabeller implements AutoCloseable {
  private static final int QUEUED_BATCHES = 4;

  private final Labeller labeller;
  private final int batchSize;
  private final BlockingQueue<Request> queue;
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean closed;

  /**
   * Starts the threads.
   *
   * @param batchSize most pictures that go through the network together, at least 1
   * @param networkThreads batches that are computed at the same time, at least 1; one uses all
   *     cores where there are few
   */
  public SharedLabeller(Labeller labeller, int batchSize, int networkThreads) {
    if (batchSize < 1 || networkThreads < 1) {
      throw new IllegalArgumentException(
          "batches of %d pictures on %d threads: each must be at least 1"
              .formatted(batchSize, networkThreads));
    }
    this.labeller = labeller;
    this.batchSize = batchSize;
    this.queue = new ArrayBlockingQueue<>(QUEUED_BATCHES * batchSize);
    for (int i = 0; i < networkThreads; i++) {
      Thread thread = new Thread(this::work, "network-" + i);
      thread.setDaemon(true);
      thread.start();
      threads.add(thread);
    }
  }

  /**
   * Puts the slices of one track into the queue; waits while it is full.
   *
   * @param slices at least one
   * @return done when the network has seen all of them; it fails with the network's own exception
   */
  public Future<SlicePredictions> submit(List<Slice> slices) throws InterruptedException {
    if (slices.isEmpty()) {
      throw new IllegalArgumentException("a track needs at least one slice");
    }
    Answer answer = new Answer(slices.size());
    PictureRenderer renderer = labeller.renderer();
    for (int i = 0; i < slices.size(); i++) {
      long start = System.nanoTime();
      float[] picture = new float[renderer.values()];
      renderer.render(slices.get(i), picture, 0);
      answer.drawn((System.nanoTime() - start) / 1e9);
      if (closed) {
        throw new IllegalStateException("the labeller is closed");
      }
      queue.put(new Request(picture, answer, i));
    }
    return answer.future;
  }

  /** Stops the threads; answers that are not there yet never come. */
  @Override
  public void close() {
    closed = true;
    threads.forEach(Thread::interrupt);
  }

  private void work() {
    List<Request> batch = new ArrayList<>(batchSize);
    float[] pictures = new float[Math.multiplyExact(batchSize, labeller.renderer().values())];
    try {
      while (!closed) {
        batch.clear();
        batch.add(queue.take());
        queue.drainTo(batch, batchSize - 1);
        answer(batch, pictures);
      }
    } catch (InterruptedException e) {
      // closed
    }
  }

  private void answer(List<Request> batch, float[] pictures) {
    try {
      long start = System.nanoTime();
      int values = labeller.renderer().values();
      for (int i = 0; i < batch.size(); i++) {
        System.arraycopy(batch.get(i).picture, 0, pictures, i * values, values);
      }
      NetworkSettings settings = labeller.network().settings();
      float[] embeddings = new float[batch.size() * settings.embeddingSize()];
      float[] probabilities = labeller.network().probabilities(pictures, batch.size(), embeddings);
      double share = (System.nanoTime() - start) / 1e9 / batch.size();
      for (int i = 0; i < batch.size(); i++) {
        batch.get(i).answer.put(batch.get(i).slice, i, probabilities, embeddings, share);
      }
    } catch (RuntimeException | Error e) {
      batch.forEach(request -> request.answer.future.completeExceptionally(e));
    }
  }

  private record Request(float[] picture, Answer answer, int slice) {}

  /** Gathers what the batches say of one track's slices. */
  private final class Answer {
    private final CompletableFuture<SlicePredictions> future = new CompletableFuture<>();
    private final float[] probabilities;
    private final float[] embeddings;
    private final int embeddingSize = labeller.network().settings().embeddingSize();
    private int missing;
    private double drawSeconds;
    private double seconds;

    Answer(int slices) {
      probabilities = new float[slices * labeller.classes().size()];
      embeddings = new float[slices * embeddingSize];
      missing = slices;
    }

    synchronized void drawn(double seconds) {
      drawSeconds += seconds;
    }

    synchronized void put(
        int slice, int row, float[] allProbabilities, float[] allEmbeddings, double share) {
      int classes = labeller.classes().size();
      System.arraycopy(allProbabilities, row * classes, probabilities, slice * classes, classes);
      System.arraycopy(
          allEmbeddings, row * embeddingSize, embeddings, slice * embeddingSize, embeddingSize);
      seconds += share;
      if (--missing == 0) {
        future.complete(
            new SlicePredictions(
                labeller.classes(),
                probabilities,
                embeddings,
                embeddingSize,
                drawSeconds,
                seconds));
      }
    }
  }
}
