package org.genrewise.check;

import java.util.Locale;

/** How far a part of the check has come. */
public enum PartStatus {
  /** Its turn has not come. */
  WAITING,
  /** It began; where this stands in a file and nothing runs, the whole check was killed. */
  RUNNING,
  OK,
  /** It ran and found something wrong, or it did not run to its end. */
  FAILED,
  /** There was nothing to do, or something that it needs has failed. */
  SKIPPED;

  /** As it stands in files. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  static PartStatus parse(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }
}
