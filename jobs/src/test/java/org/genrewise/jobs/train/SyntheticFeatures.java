package org.genrewise.jobs.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.genrewise.extraction.FeatureSettings;
import org.genrewise.jobs.extract.FeatureTable;

/** A features table of noise with a loud band: low, in the middle or high, by label. */
public final class SyntheticFeatures {
  private static final List<String> LABELS = List.of("low", "middle", "high");
  private static final int BINS = 84;
  private static final int FRAMES = 60;

  private SyntheticFeatures() {}

  /** Writes tracks of two slices each, their three labels in turn. */
  public static void write(SparkSession spark, String location, int tracks) {
    write(spark, location, tracks, LABELS.size());
  }

  /** Writes tracks of two slices each, the first so many labels in turn. */
  static void write(SparkSession spark, String location, int tracks, int labels) {
    Random random = new Random(5);
    List<Row> rows = new ArrayList<>();
    for (int track = 0; track < tracks; track++) {
      int label = track % labels;
      for (int slice = 0; slice < 2; slice++) {
        rows.add(
            RowFactory.create(
                "track%04d".formatted(track),
                "/audio/%d.wav".formatted(track),
                LABELS.get(label),
                null,
                slice,
                11.4 * slice,
                BINS,
                FRAMES,
                slice(label, random),
                -80f,
                0f,
                false,
                FeatureSettings.DEFAULT.version()));
      }
    }
    spark.createDataFrame(rows, FeatureTable.SCHEMA).write().parquet(location);
  }

  private static byte[] slice(int label, Random random) {
    byte[] indices = new byte[BINS * FRAMES];
    int band = label * 28 + random.nextInt(18);
    for (int i = 0; i < indices.length; i++) {
      int bin = i / FRAMES;
      indices[i] = (byte) ((bin >= band && bin < band + 10 ? 192 : 0) + random.nextInt(64));
    }
    return indices;
  }
}
