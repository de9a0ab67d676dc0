package org.genrewise.jobs.spark;

/** What a run does with an output that exists already. */
public enum OutputMode {
  /** It is refused; the default. */
  REFUSE_EXISTING,
  /** It is replaced. */
  OVERWRITE
}
