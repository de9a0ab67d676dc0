package org.genrewise.jobs.label;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.LongAccumulator;
import org.genrewise.jobs.cli.Console;
import org.genrewise.jobs.cli.Eta;
import org.genrewise.jobs.library.Track;
import org.genrewise.jobs.spark.Locations;
import org.genrewise.jobs.spark.StageProgress;
import org.genrewise.jobs.track.Deal;

/** The waves of one run: labels them one after the other and keeps count. */
final class LabelWaves {
  private static final int TRACKS_PER_TASK = 32;
  private static final int TASKS_PER_CORE = 4;

  private final SparkSession spark;
  private final Console console;
  private final LabelWork work;
  private final Staging staging;
  private final Waves waves;
  private final Eta eta;
  private final LongAccumulator done;
  private final StageSeconds stages;
  private final List<String> committed = new ArrayList<>();
  private long committedFailures;
  private long committedLabels;
  private long committedSlices;
  private int number;
  private long tracks;
  private long failed;
  private long permanent;
  private double audioSeconds;

  LabelWaves(
      SparkSession spark,
      Console console,
      LabelSettings settings,
      LabelWork work,
      Staging staging,
      Difference difference) {
    this.spark = spark;
    this.console = console;
    this.work = work;
    this.staging = staging;
    this.waves =
        new Waves(difference.todo(), difference.tracks(), settings.commitSeconds(), cores());
    this.eta = new Eta("tracks", difference.tracks());
    this.done = spark.sparkContext().longAccumulator("label");
    this.stages = StageSeconds.on(spark.sparkContext());
  }

  boolean hasNext() {
    return waves.hasNext();
  }

  /** Labels a wave and stages its outcomes. */
  void next() {
    List<Track> wave = waves.next();
    if (wave.isEmpty()) {
      return;
    }
    long start = System.nanoTime();
    String location = staging.wave(work.run().runId(), number++);
    try (var progress = new StageProgress(console, "label", eta, done)) {
      spark
          .createDataFrame(outcomes(spark, wave, work, stages, done), OutcomeTable.SCHEMA)
          .write()
          .parquet(Locations.hadoop(location).toString());
    }
    committed.add(location);
    waves.took(wave.size(), (System.nanoTime() - start) / 1e9);
    tally(location);
  }

  /** The outcomes of some tracks, made when they are asked for. */
  static JavaRDD<Row> outcomes(
      SparkSession spark,
      List<Track> tracks,
      LabelWork work,
      StageSeconds stages,
      LongAccumulator done) {
    int cores = spark.sparkContext().defaultParallelism();
    List<List<Track>> tasks =
        Deal.evenly(tracks, Math.max(cores * TASKS_PER_CORE, tracks.size() / TRACKS_PER_TASK));
    return JavaSparkContext.fromSparkContext(spark.sparkContext())
        .parallelize(tasks, tasks.size())
        .mapPartitions(
            lists -> new TrackLabelling(Deal.flat(lists).iterator(), work, stages, done));
  }

  private void tally(String location) {
    Column failure = col(OutcomeTable.FAILURE);
    Column label = col(OutcomeTable.LABEL);
    Row row =
        staging
            .read(List.of(location))
            .agg(
                count(lit(1)),
                count(when(failure.isNotNull(), 1)),
                count(when(failure.getField("permanent"), 1)),
                coalesce(sum(label.getField("duration_seconds")), lit(0.0)),
                coalesce(sum(label.getField("slices")), lit(0L)))
            .first();
    tracks += row.getLong(0);
    failed += row.getLong(1);
    permanent += row.getLong(2);
    audioSeconds += row.getDouble(3);
    committedFailures += row.getLong(1);
    committedLabels += row.getLong(0) - row.getLong(1);
    committedSlices += work.analysis().writeSlices() ? row.getLong(4) : 0;
  }

  /** Waves that are staged, and how many rows they hold for each table. */
  record Committed(List<String> waves, long slices, long failures, long labels) {}

  /** The waves that were not taken before. */
  Committed takeCommitted() {
    Committed taken =
        new Committed(List.copyOf(committed), committedSlices, committedFailures, committedLabels);
    committed.clear();
    committedSlices = 0;
    committedFailures = 0;
    committedLabels = 0;
    return taken;
  }

  long tracks() {
    return tracks;
  }

  long failedTracks() {
    return failed;
  }

  long permanentFailures() {
    return permanent;
  }

  double audioSeconds() {
    return audioSeconds;
  }

  Map<String, Double> stages() {
    return stages.asMap();
  }

  private int cores() {
    return spark.sparkContext().defaultParallelism();
  }
}
