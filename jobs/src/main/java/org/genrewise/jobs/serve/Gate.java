package org.genrewise.jobs.serve;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Lets in as many tracks as limits allow, and gives each its turn in the order in which they asked
 * for it. Thread-safe.
 */
final class Gate {
  private final int concurrent;
  private final int most;
  private final Set<Pass> queue = new LinkedHashSet<>();
  private int inside;
  private int working;
  private boolean closed;

  Gate(ServeLimits limits) {
    this.concurrent = limits.concurrent();
    this.most = limits.concurrent() + limits.waiting();
  }

  /** A place for one track, from before it arrives until it is answered. */
  synchronized Optional<Pass> enter() {
    if (closed || inside == most) {
      return Optional.empty();
    }
    inside++;
    return Optional.of(new Pass());
  }

  /** Whether nobody is let in any more. */
  synchronized boolean isClosed() {
    return closed;
  }

  /** Lets nobody in any more; those who wait for their turn never get it. */
  synchronized void close() {
    closed = true;
    notifyAll();
  }

  /** Told while a track waits. */
  @FunctionalInterface
  interface Waiting {
    /**
     * @param ahead how many tracks wait that came earlier, and how many are worked on
     */
    void ahead(int ahead) throws RequestException;
  }

  /** One track's place; for one thread. */
  final class Pass implements AutoCloseable {
    /** How often those who wait are told so. */
    private static final long TELL_MILLIS = 1000;

    private boolean hasTurn;

    /** Waits until it is this track's turn. */
    void awaitTurn(Waiting waiting) throws RequestException, InterruptedException {
      synchronized (Gate.this) {
        queue.add(this);
      }
      while (true) {
        int ahead;
        synchronized (Gate.this) {
          if (closed) {
            throw new RequestException(503, "stopping", "the server is stopping");
          }
          if (working < concurrent && queue.iterator().next() == this) {
            queue.remove(this);
            working++;
            hasTurn = true;
            Gate.this.notifyAll();
            return;
          }
          ahead = position() + working;
        }
        // outside the lock: it writes to the network
        waiting.ahead(ahead);
        synchronized (Gate.this) {
          if (!closed && (working == concurrent || queue.iterator().next() != this)) {
            Gate.this.wait(TELL_MILLIS);
          }
        }
      }
    }

    private int position() {
      int position = 0;
      for (Pass pass : queue) {
        if (pass == this) {
          break;
        }
        position++;
      }
      return position;
    }

    @Override
    public void close() {
      synchronized (Gate.this) {
        queue.remove(this);
        if (hasTurn) {
          working--;
        }
        inside--;
        Gate.this.notifyAll();
      }
    }
  }
}
