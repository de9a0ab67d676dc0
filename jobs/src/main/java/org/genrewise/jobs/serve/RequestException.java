package org.genrewise.jobs.serve;

/** Why a request gets no result: what its sender is told, and by which HTTP status. */
final class RequestException extends Exception {
  private final int status;
  private final String kind;
  private final int retrySeconds;

  /**
   * @param status of HTTP, 400 to 599
   * @param kind one word for programs, for example {@code too_large}
   * @param message one sentence for people: what, which value, what to do
   */
  RequestException(int status, String kind, String message) {
    this(status, kind, message, 0, null);
  }

  RequestException(int status, String kind, String message, Throwable cause) {
    this(status, kind, message, 0, cause);
  }

  private RequestException(
      int status, String kind, String message, int retrySeconds, Throwable cause) {
    super(message, cause);
    this.status = status;
    this.kind = kind;
    this.retrySeconds = retrySeconds;
  }

  /** A refusal that ends by itself. */
  static RequestException later(int status, String kind, String message, int seconds) {
    return new RequestException(status, kind, message, seconds, null);
  }

  int status() {
    return status;
  }

  String kind() {
    return kind;
  }

  /** When it is worth trying again, in seconds; 0 if the same request must fail again. */
  int retrySeconds() {
    return retrySeconds;
  }
}
