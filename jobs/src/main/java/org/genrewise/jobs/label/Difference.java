package org.genrewise.jobs.label;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * What a run has to label: the library less what has a row already.
 *
 * @param todo the tracks, as {@link Inventory#SCHEMA} has them, with a column {@link #BUCKET}
 * @param parts how many of each kind, and their bytes
 * @param unchanged tracks that have their row
 */
record Difference(Dataset<Row> todo, Map<Reason, Part> parts, long unchanged) {

  /** Why a track is labelled. */
  enum Reason {
    /** Its path has no row. */
    NEW,
    /** Its file is another than any that has a row. */
    CHANGED,
    /** Its rows come from another model, or from other features. */
    OTHER_VERSION,
    /** It failed in a way that may pass. */
    RETRIED,
    /** It has its row, and the user asked for another. */
    FORCED;

    String id() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** How much there is of something. */
  record Part(long tracks, long bytes) {}

  /** 0 to {@value #BUCKETS} - 1: divides the tracks evenly and always in the same way. */
  static final String BUCKET = "bucket";

  static final int BUCKETS = 4096;

  private static final String REASON = "reason";
  private static final String UNCHANGED = "unchanged";

  /**
   * Compares a library with what earlier runs wrote.
   *
   * @param location where the tracks to label are written if they are many
   */
  static Difference of(
      SparkSession spark,
      Inventory inventory,
      History history,
      RunIdentity run,
      boolean force,
      String location) {
    Column done = col(REASON).equalTo(UNCHANGED);
    Dataset<Row> compared = compared(inventory.files(), history.seen(run));
    Dataset<Row> chosen =
        force
            ? compared.withColumn(REASON, when(done, Reason.FORCED.id()).otherwise(col(REASON)))
            : compared.filter(not(done));
    Dataset<Row> todo =
        WorkTable.keep(
            spark,
            chosen.withColumn(BUCKET, pmod(xxhash64(col("path")), lit(BUCKETS)).cast("int")),
            inventory.tracks(),
            BUCKET,
            location);
    Map<Reason, Part> parts = new EnumMap<>(Reason.class);
    long tracks = 0;
    for (Row row :
        todo.groupBy(REASON)
            .agg(count(lit(1)), coalesce(sum("size_bytes"), lit(0L)))
            .collectAsList()) {
      parts.put(
          Reason.valueOf(row.getString(0).toUpperCase(Locale.ROOT)),
          new Part(row.getLong(1), row.getLong(2)));
      tracks += row.getLong(1);
    }
    return new Difference(
        todo, parts, inventory.files().select("path").distinct().count() - tracks);
  }

  private static Dataset<Row> compared(Dataset<Row> files, Dataset<Row> seen) {
    Column same =
        col("seen_size")
            .eqNullSafe(col("size_bytes"))
            .and(col("seen_millis").eqNullSafe(col("modified_millis")))
            .and(col("seen_current").isNotNull());
    return files
        .join(seen, files.col("path").equalTo(seen.col("path")), "left_outer")
        .groupBy(files.col("path"), col("size_bytes"), col("modified_millis"))
        .agg(
            any(same.and(col("seen_current")).and(col("seen_final"))).as("done"),
            any(same.and(col("seen_current"))).as("tried"),
            any(same).as("same"),
            any(seen.col("path").isNotNull()).as("known"))
        .withColumn(
            REASON,
            when(col("done"), UNCHANGED)
                .when(col("tried"), Reason.RETRIED.id())
                .when(col("same"), Reason.OTHER_VERSION.id())
                .when(col("known"), Reason.CHANGED.id())
                .otherwise(Reason.NEW.id()))
        .select("path", "size_bytes", "modified_millis", REASON);
  }

  private static Column any(Column condition) {
    return max(coalesce(condition, lit(false)));
  }

  long tracks() {
    return parts.values().stream().mapToLong(Part::tracks).sum();
  }

  long bytes() {
    return parts.values().stream().mapToLong(Part::bytes).sum();
  }

  Part part(Reason reason) {
    return parts.getOrDefault(reason, new Part(0, 0));
  }
}
