package org.genrewise.jobs.benchmark;

/**
 * One measurement of a benchmark of files. It has a process of its own, so that the peak of its
 * memory is its own, and so are its device and its faults.
 */
interface Stage {

  /**
   * Measures.
   *
   * @return what was found; its components stand in the results by their names
   */
  Record run(StageContext context) throws Exception;
}
