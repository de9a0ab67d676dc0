package org.genrewise.check;

/** Watches a check. */
public interface CheckListener {

  /** Does nothing. */
  CheckListener NONE = new CheckListener() {};

  /**
   * A part begins.
   *
   * @param number of the part, from 1
   * @param count of all parts
   */
  default void partBegan(String part, int number, int count) {}

  /**
   * A part has come some way.
   *
   * @param share done, 0 to 1
   * @param what is being done
   * @param secondsLeft estimate for this part; not a number where there is none yet
   */
  default void progressed(String part, double share, String what, double secondsLeft) {}

  /** A part has ended. */
  default void partEnded(PartReport report) {}
}
