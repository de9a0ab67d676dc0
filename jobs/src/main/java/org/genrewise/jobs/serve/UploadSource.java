package org.genrewise.jobs.serve;

import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.io.Content;

/** A request's body that fails once it is too large or has taken too long. */
final class UploadSource implements Content.Source {

  /** The body has more bytes than it may. */
  static final class TooLargeException extends Exception {
    TooLargeException(long most) {
      super("more than %,d bytes".formatted(most));
    }
  }

  private final Content.Source body;
  private final long most;
  private final Deadline deadline;
  private long bytes;

  /**
   * @param most bytes that it may have
   * @param deadline by which it must have ended
   */
  UploadSource(Content.Source body, long most, Deadline deadline) {
    this.body = body;
    this.most = most;
    this.deadline = deadline;
  }

  @Override
  public Content.Chunk read() {
    if (deadline.isPast()) {
      return Content.Chunk.from(new TimeoutException("not within " + deadline.seconds() + " s"));
    }
    Content.Chunk chunk = body.read();
    if (chunk == null || Content.Chunk.isFailure(chunk)) {
      return chunk;
    }
    bytes += chunk.remaining();
    if (bytes > most) {
      chunk.release();
      return Content.Chunk.from(new TooLargeException(most));
    }
    return chunk;
  }

  @Override
  public void demand(Runnable callback) {
    body.demand(callback);
  }

  @Override
  public void fail(Throwable failure) {
    body.fail(failure);
  }
}
