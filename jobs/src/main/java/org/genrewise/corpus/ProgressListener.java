package org.genrewise.corpus;

/** Hears how far the rendering of a corpus is. */
@FunctionalInterface
public interface ProgressListener {

  /** Hears nothing. */
  ProgressListener NONE = (done, total) -> {};

  /**
   * Called after each piece, on the thread that writes the corpus.
   *
   * @param done pieces that are there
   * @param total pieces that there will be
   */
  void progress(int done, int total);
}
