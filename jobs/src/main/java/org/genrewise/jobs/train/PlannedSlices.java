package org.genrewise.jobs.train;

import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.genrewise.jobs.train.TrainPlan.PlannedTrack;
import org.genrewise.training.Split.Part;
import scala.Tuple2;

/** Brings slices to those who learn from them, or who test. */
final class PlannedSlices {
  private PlannedSlices() {}

  /**
   * Slices by replica, ordered by track and position, so that the same features teach the same.
   *
   * @param features with labels
   * @param partitions number of replicas, or 1
   * @param test whether the slices of the test part are wanted, or all others
   */
  static JavaRDD<PlannedSlice> of(
      Dataset<Row> features, Broadcast<TrainPlan> plan, int partitions, boolean test) {
    return features
        .select("track_id", "slice", "bins", "frames", "cqt")
        .toJavaRDD()
        .filter(row -> test == (part(plan.value(), row) == Part.TEST))
        .mapToPair(row -> keyed(plan.value(), row, partitions))
        .repartitionAndSortWithinPartitions(new SliceKey.ByReplica(partitions))
        .values();
  }

  private static Part part(TrainPlan plan, Row row) {
    return plan.part(row.getString(0), row.getInt(1));
  }

  private static Tuple2<SliceKey, PlannedSlice> keyed(TrainPlan plan, Row row, int partitions) {
    PlannedTrack track = plan.tracks().get(row.getString(0));
    return new Tuple2<>(
        new SliceKey(track.replica() % partitions, track.number(), row.getInt(1)),
        new PlannedSlice(
            row.getString(0),
            track.number(),
            track.label(),
            part(plan, row),
            row.getInt(2),
            row.getInt(3),
            row.getAs(4)));
  }
}
