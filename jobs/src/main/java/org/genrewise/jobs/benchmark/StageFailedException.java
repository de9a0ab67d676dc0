package org.genrewise.jobs.benchmark;

/** A stage that did not come to its end. */
final class StageFailedException extends Exception {
  private static final long serialVersionUID = 1;

  private final boolean usersFault;

  /**
   * @param usersFault whether it failed by what the user gave or asked for
   */
  StageFailedException(String message, boolean usersFault) {
    super(message);
    this.usersFault = usersFault;
  }

  boolean usersFault() {
    return usersFault;
  }
}
