package org.genrewise.jobs.train;

import java.io.Serializable;
import java.util.Comparator;
import org.apache.spark.Partitioner;

/**
 * Where a slice goes, and in which order.
 *
 * @param replica whose share it is in
 * @param track number of its track
 * @param slice position in the track
 */
record SliceKey(int replica, int track, int slice) implements Comparable<SliceKey>, Serializable {
  private static final Comparator<SliceKey> ORDER =
      Comparator.comparingInt(SliceKey::replica)
          .thenComparingInt(SliceKey::track)
          .thenComparingInt(SliceKey::slice);

  @Override
  public int compareTo(SliceKey other) {
    return ORDER.compare(this, other);
  }

  /** One partition a replica. */
  static final class ByReplica extends Partitioner {
    private final int replicas;

    ByReplica(int replicas) {
      this.replicas = replicas;
    }

    @Override
    public int numPartitions() {
      return replicas;
    }

    @Override
    public int getPartition(Object key) {
      return ((SliceKey) key).replica();
    }
  }
}
