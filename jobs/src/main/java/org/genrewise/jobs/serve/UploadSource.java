package org.genrewise.jobs.serve;

import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.io.Content;

/** A request's body that fails once it has taken too long. */
final class UploadSource implements Content.Source {
  private final Content.Source body;
  private final Deadline deadline;

  UploadSource(Content.Source body, Deadline deadline) {
    this.body = body;
    this.deadline = deadline;
  }

  @Override
  public Content.Chunk read() {
    return deadline.isPast()
        ? Content.Chunk.from(new TimeoutException("upload"), true)
        : body.read();
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
