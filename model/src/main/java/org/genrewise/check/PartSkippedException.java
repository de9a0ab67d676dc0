package org.genrewise.check;

/** A part of the check has nothing to do on this machine. The message says why. */
public final class PartSkippedException extends Exception {

  public PartSkippedException(String message) {
    super(message);
  }
}
