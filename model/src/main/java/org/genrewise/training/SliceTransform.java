package org.genrewise.training;

/** What happens to a slice before it is drawn. */
@FunctionalInterface
public interface SliceTransform {

  /** Nothing. */
  SliceTransform NONE = (indices, bins, frames) -> indices;

  /**
   * Changes a slice.
   *
   * @param indices colour indices, bins x frames, row-major, low note first; may be overwritten
   * @return as many indices
   */
  byte[] apply(byte[] indices, int bins, int frames);
}
