package org.genrewise.jobs.track;

import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.util.LongAccumulator;
import org.genrewise.audio.AudioException;
import org.genrewise.jobs.cli.Console;
import org.genrewise.jobs.cli.Eta;
import org.genrewise.jobs.library.Track;
import org.genrewise.jobs.spark.StageProgress;

/**
 * Work on every track of a library, spread over the executors: a track gives rows, or one failure.
 * Each track is worked on once; both tables are read from what was kept on the executors' disks.
 */
public final class TrackRun implements AutoCloseable {
  private static final String FAILURE = "failure";
  private static final int TRACKS_PER_TASK = 8;
  private static final int TASKS_PER_CORE = 4;

  private final Dataset<Row> outcomes;
  private final long tracks;
  private final long failedTracks;
  private final long resultRows;

  private TrackRun(Dataset<Row> outcomes, long tracks, long failedTracks, long resultRows) {
    this.outcomes = outcomes;
    this.tracks = tracks;
    this.failedTracks = failedTracks;
    this.resultRows = resultRows;
  }

  /**
   * Does the work.
   *
   * @param stage what the progress line calls it
   * @param schema of the rows that the work gives; every column nullable
   */
  public static TrackRun of(
      SparkSession spark,
      Console console,
      String stage,
      List<Track> tracks,
      StructType schema,
      TrackWork work) {
    LongAccumulator done = spark.sparkContext().longAccumulator(stage);
    int cores = spark.sparkContext().defaultParallelism();
    List<List<Track>> tasks =
        Deal.evenly(tracks, Math.max(cores * TASKS_PER_CORE, tracks.size() / TRACKS_PER_TASK));
    JavaRDD<Row> rows =
        JavaSparkContext.fromSparkContext(spark.sparkContext())
            .parallelize(tasks, Math.max(1, tasks.size()))
            .mapPartitions(lists -> new Outcomes(lists, work, schema.length(), done));
    Dataset<Row> outcomes =
        spark
            .createDataFrame(rows, schema.add(FAILURE, FailureTable.SCHEMA))
            .persist(StorageLevel.DISK_ONLY());
    try (var progress = new StageProgress(console, stage, new Eta("tracks", tracks.size()), done)) {
      long failed = outcomes.filter(outcomes.col(FAILURE).isNotNull()).count();
      return new TrackRun(outcomes, tracks.size(), failed, outcomes.count() - failed);
    }
  }

  /** The rows that the work gave. */
  public Dataset<Row> results() {
    return outcomes.filter(outcomes.col(FAILURE).isNull()).drop(FAILURE);
  }

  /** One row for each track that failed; see {@link FailureTable#SCHEMA}. */
  public Dataset<Row> failures() {
    return outcomes.filter(outcomes.col(FAILURE).isNotNull()).select(FAILURE + ".*");
  }

  public long tracks() {
    return tracks;
  }

  public long failedTracks() {
    return failedTracks;
  }

  public long resultRows() {
    return resultRows;
  }

  /** Gives back what was kept on the executors' disks. */
  @Override
  public void close() {
    outcomes.unpersist();
  }

  /** Rows of one task, made one track at a time. */
  private static final class Outcomes implements Iterator<Row> {
    private final Iterator<Track> tracks;
    private final TrackWork work;
    private final int columns;
    private final LongAccumulator done;
    private Iterator<Row> rows = Collections.emptyIterator();

    Outcomes(Iterator<List<Track>> lists, TrackWork work, int columns, LongAccumulator done) {
      this.tracks = Deal.flat(lists).iterator();
      this.work = work;
      this.columns = columns;
      this.done = done;
    }

    @Override
    public boolean hasNext() {
      while (!rows.hasNext() && tracks.hasNext()) {
        rows = outcome(tracks.next()).iterator();
        done.add(1);
      }
      return rows.hasNext();
    }

    @Override
    public Row next() {
      return rows.next();
    }

    private List<Row> outcome(Track track) {
      try {
        return work.rows(track).stream().map(this::result).toList();
      } catch (AudioException e) {
        return List.of(failure(FailureTable.row(track, e)));
      } catch (RuntimeException e) {
        // One track must not cost the others, even where the fault is ours.
        return List.of(failure(FailureTable.row(track, e)));
      }
    }

    private Row result(Row row) {
      Object[] values = new Object[columns + 1];
      for (int i = 0; i < columns; i++) {
        values[i] = row.get(i);
      }
      return RowFactory.create(values);
    }

    private Row failure(Row failure) {
      Object[] values = new Object[columns + 1];
      values[columns] = failure;
      return RowFactory.create(values);
    }
  }
}
