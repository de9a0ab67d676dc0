package org.genrewise.jobs.evaluate;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.row_number;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.genrewise.evaluation.Mistake;
import org.genrewise.evaluation.WorstMistakes;
import org.genrewise.jobs.extract.FeatureTable;

/** Finds in the features what a report shows of mistakes. */
public final class MistakePictures {
  private MistakePictures() {}

  /**
   * Gives each mistake its slice, where the features still have it.
   *
   * @param features the rows of a features table that were judged
   * @return paths of the tracks, by track id
   */
  public static Map<String, String> draw(Dataset<Row> features, WorstMistakes mistakes) {
    Map<String, Mistake> wanted =
        mistakes.mistakes().stream().collect(Collectors.toMap(Mistake::track, Function.identity()));
    Map<String, String> paths = new HashMap<>();
    if (wanted.isEmpty()) {
      return paths;
    }
    for (Row row : rows(features, List.copyOf(wanted.values()))) {
      String track = row.getAs("track_id");
      mistakes.draw(wanted.get(track), FeatureTable.slice(row));
      paths.put(track, row.getAs("path"));
    }
    return paths;
  }

  /** A mistake knows its slice by its place among those that were judged. */
  private static List<Row> rows(Dataset<Row> features, List<Mistake> mistakes) {
    Column place = row_number().over(Window.partitionBy("track_id").orderBy("slice")).minus(1);
    Column wanted =
        mistakes.stream()
            .map(m -> col("track_id").equalTo(m.track()).and(col("place").equalTo(m.slice())))
            .reduce(Column::or)
            .orElseThrow();
    return features
        .filter(col("track_id").isin(mistakes.stream().map(Mistake::track).toArray()))
        .withColumn("place", place)
        .filter(wanted)
        .collectAsList();
  }
}
