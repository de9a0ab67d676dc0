package org.genrewise.jobs.track;

import java.io.Serializable;
import java.util.List;
import org.apache.spark.sql.Row;
import org.genrewise.audio.AudioException;
import org.genrewise.jobs.library.Track;

/** What a job does with each track, on an executor. */
@FunctionalInterface
public interface TrackWork extends Serializable {

  /**
   * Works on one track.
   *
   * @return the rows of the job's table
   * @throws AudioException if the track cannot be used; it becomes a row in failures
   */
  List<Row> rows(Track track) throws AudioException;
}
