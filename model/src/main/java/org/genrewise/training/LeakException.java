package org.genrewise.training;

/** Tracks that belong together were set apart, so that a test would not test. */
public final class LeakException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  LeakException(String message) {
    super(message);
  }
}
