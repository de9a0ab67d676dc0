package org.genrewise.jobs.evaluate;

import java.util.Locale;

/** Which tracks of a features table are evaluated. */
public enum EvaluatedPart {
  /** Those that training never saw. */
  TEST,
  /** Those that chose the best epoch. */
  VALIDATION,
  /** Those that the network learnt from. */
  TRAIN,
  /** All, seen in training or not. */
  ALL;

  /** The name in settings and in the split. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
