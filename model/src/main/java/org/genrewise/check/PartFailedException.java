package org.genrewise.check;

/** A part of the check ran to its end, and what it found is wrong. The message says what. */
public final class PartFailedException extends Exception {

  public PartFailedException(String message) {
    super(message);
  }
}
