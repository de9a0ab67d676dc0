package org.genrewise.jobs.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.genrewise.jobs.cli.Console;
import org.genrewise.jobs.cli.UserException;
import org.genrewise.jobs.extract.FeatureTable;
import org.genrewise.jobs.train.TrainJobSettings.SplitBy;
import org.genrewise.training.SliceSplit;
import org.genrewise.training.Split;
import org.genrewise.training.Split.Part;
import org.genrewise.training.Track;

/** Which tracks a training has, and what they are for. */
final class TrainTracks {
  private TrainTracks() {}

  static List<Track> labelled(SparkSession spark, Console console, TrainJobSettings settings) {
    List<Track> tracks = new ArrayList<>();
    long unlabelled = 0;
    for (Row row :
        FeatureTable.read(spark, settings.features())
            .select("track_id", "label", "group")
            .distinct()
            .collectAsList()) {
      if (row.isNullAt(1)) {
        unlabelled++;
      } else {
        tracks.add(
            new Track(row.getString(0), row.getString(1), Optional.ofNullable(row.getString(2))));
      }
    }
    if (unlabelled > 0) {
      console.note("%,d tracks have no label and are left alone".formatted(unlabelled));
    }
    long classes = tracks.stream().map(Track::label).distinct().count();
    if (classes < 2) {
      throw new UserException(
          "training needs tracks of at least 2 labels, the features have %d; lay the audio out as"
                  .formatted(classes)
              + " LABEL/track.*, or give extract a --manifest with labels");
    }
    return tracks;
  }

  static TrainPlan plan(Dataset<Row> features, Split split, TrainJobSettings settings) {
    Map<String, Integer> counts = new HashMap<>();
    for (Row row : features.groupBy("track_id").count().collectAsList()) {
      counts.put(row.getString(0), (int) row.getLong(1));
    }
    return TrainPlan.of(
        split,
        counts,
        settings.splitBy() == SplitBy.SLICE ? new SliceSplit(settings.split()) : null,
        settings.training().rounds().replicas());
  }

  static void requireParts(TrainPlan plan, TrainJobSettings settings) {
    for (Part part : Part.values()) {
      int[] sizes = plan.sizes(part);
      if (Arrays.stream(sizes).sum() == 0) {
        throw new UserException(
            "no tracks are left for the part %s; give more tracks, or larger shares"
                .formatted(part.name().toLowerCase(Locale.ROOT)));
      }
      if (part == Part.TRAIN && Arrays.stream(sizes).min().orElseThrow() == 0) {
        throw new UserException(
            "%d replicas are too many for so few tracks: one has nothing to learn from"
                .formatted(settings.training().rounds().replicas()));
      }
    }
  }
}
