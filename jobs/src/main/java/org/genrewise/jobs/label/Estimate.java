package org.genrewise.jobs.label;

import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.genrewise.jobs.library.Track;

/**
 * How long labelling would take.
 *
 * @param basis what it comes from
 */
record Estimate(double seconds, String basis) {
  private static final int SAMPLE = 8;

  /** By the speed of an earlier run on this output, else by labelling a few of the tracks. */
  static Estimate of(
      SparkSession spark, Optional<Double> earlier, Difference difference, LabelWork work) {
    if (earlier.isPresent()) {
      return new Estimate(difference.bytes() / earlier.get(), "at the speed of the last run here");
    }
    List<Track> sample =
        difference.todo().orderBy(Difference.BUCKET).limit(SAMPLE).collectAsList().stream()
            .map(Inventory::track)
            .toList();
    // The first pays for what is loaded and compiled once.
    seconds(spark, sample.subList(0, 1), work);
    double took = seconds(spark, sample, work);
    double bytes = sample.stream().mapToLong(Track::sizeBytes).filter(size -> size > 0).sum();
    double share =
        bytes > 0 && difference.bytes() > 0
            ? difference.bytes() / bytes
            : (double) difference.tracks() / sample.size();
    return new Estimate(
        took * share,
        "by labelling %d of them, without keeping their rows".formatted(sample.size()));
  }

  private static double seconds(SparkSession spark, List<Track> tracks, LabelWork work) {
    long start = System.nanoTime();
    LabelWaves.outcomes(
            spark,
            tracks,
            work,
            StageSeconds.on(spark.sparkContext()),
            spark.sparkContext().longAccumulator("sample"))
        .count();
    return (System.nanoTime() - start) / 1e9;
  }
}
