package org.genrewise.check;

/** Hears how far a part has come. */
@FunctionalInterface
public interface PartProgress {

  /** Nobody hears. */
  PartProgress NONE = (share, what) -> {};

  /**
   * @param share done, 0 to 1
   * @param what is being done
   */
  void tell(double share, String what);
}
