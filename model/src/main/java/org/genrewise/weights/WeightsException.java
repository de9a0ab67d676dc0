package org.genrewise.weights;

/** A file of weights that must not be used; the message says which and why. */
public final class WeightsException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public WeightsException(String message) {
    super(message);
  }

  public WeightsException(String message, Throwable cause) {
    super(message, cause);
  }
}
