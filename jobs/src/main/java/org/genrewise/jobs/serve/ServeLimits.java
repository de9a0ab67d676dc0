package org.genrewise.jobs.serve;

/**
 * What a server takes from those who send tracks.
 *
 * @param bytes largest file, 1 to 16 GiB (default 200 MB)
 * @param uploadSeconds in which a file must have arrived, above 0, at most a day (default 300)
 * @param workSeconds in which a track must be labelled once its turn has come, above 0, at most a
 *     day (default 300)
 * @param concurrent tracks that are worked on at the same time, 1 to 64 (default 2)
 * @param waiting further tracks that may arrive and wait, 0 to 1024 (default 8); more are refused
 */
record ServeLimits(
    long bytes, double uploadSeconds, double workSeconds, int concurrent, int waiting) {
  static final ServeLimits DEFAULT = new ServeLimits(200_000_000, 300, 300, 2, 8);

  private static final long MOST_BYTES = 1L << 34;
  private static final double DAY = 86_400;

  ServeLimits {
    require(
        bytes >= 1 && bytes <= MOST_BYTES,
        "max-megabytes must be from 1 to %,d, not %s"
            .formatted(MOST_BYTES / 1_000_000, bytes / 1e6));
    require(
        uploadSeconds > 0 && uploadSeconds <= DAY,
        "upload-limit must be above 0 and at most 86400 s, not " + uploadSeconds);
    require(
        workSeconds > 0 && workSeconds <= DAY,
        "time-limit must be above 0 and at most 86400 s, not " + workSeconds);
    require(
        concurrent >= 1 && concurrent <= 64, "concurrent must be from 1 to 64, not " + concurrent);
    require(waiting >= 0 && waiting <= 1024, "waiting must be from 0 to 1024, not " + waiting);
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new IllegalArgumentException(message);
    }
  }
}
