package org.genrewise.weights.pickle;

/** A pickle that must not be believed; the message says why. */
public final class PickleException extends RuntimeException {
  private static final long serialVersionUID = 1;

  PickleException(String message) {
    super(message);
  }
}
