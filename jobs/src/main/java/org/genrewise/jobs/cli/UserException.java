package org.genrewise.jobs.cli;

/**
 * A fault in what the user gave: data or settings. The message says what, which value and what to
 * do; the user sees it without a stack trace, and the process ends with {@link ExitCode#USER}.
 */
public final class UserException extends RuntimeException {

  public UserException(String message) {
    super(message);
  }

  public UserException(String message, Throwable cause) {
    super(message, cause);
  }
}
