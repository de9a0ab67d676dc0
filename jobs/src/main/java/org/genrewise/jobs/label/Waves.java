package org.genrewise.jobs.label;

import static org.apache.spark.sql.functions.col;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.genrewise.jobs.library.Track;

/**
 * Divides the tracks of a run into waves that take about as long as the user is willing to lose.
 * Only one wave's tracks are on the driver at a time.
 */
final class Waves {

  /** Bounds the driver's memory: some hundred bytes a track. */
  private static final long MOST_TRACKS = 20_000;

  private final Dataset<Row> todo;
  private final long tracks;
  private final double seconds;
  private double tracksPerSecond;
  private int nextBucket;

  /**
   * @param todo with the column {@link Difference#BUCKET}
   * @param tracks how many there are
   * @param seconds that a wave shall take
   * @param cores of all executors; a first guess is a track a second for each
   */
  Waves(Dataset<Row> todo, long tracks, double seconds, int cores) {
    this.todo = todo;
    this.tracks = tracks;
    this.seconds = seconds;
    this.tracksPerSecond = cores;
  }

  boolean hasNext() {
    return tracks > 0 && nextBucket < Difference.BUCKETS;
  }

  /** The tracks of the next wave, in no order; can be none. */
  List<Track> next() {
    double wanted = Math.min(MOST_TRACKS, Math.max(1, tracksPerSecond * seconds));
    int buckets = (int) Math.ceil(Math.min(1, wanted / tracks) * Difference.BUCKETS);
    int from = nextBucket;
    nextBucket = Math.min(Difference.BUCKETS, from + buckets);
    return todo
        .filter(col(Difference.BUCKET).geq(from).and(col(Difference.BUCKET).lt(nextBucket)))
        .collectAsList()
        .stream()
        .map(Inventory::track)
        .toList();
  }

  /** Learns from a wave how large the next may be. */
  void took(int count, double elapsedSeconds) {
    if (count > 0) {
      tracksPerSecond = count / Math.max(0.001, elapsedSeconds);
    }
  }
}
