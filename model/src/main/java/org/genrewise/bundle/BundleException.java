package org.genrewise.bundle;

/** A model bundle, or a part of one, that must not be used; the message says which and why. */
public final class BundleException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public BundleException(String message) {
    super(message);
  }

  public BundleException(String message, Throwable cause) {
    super(message, cause);
  }
}
