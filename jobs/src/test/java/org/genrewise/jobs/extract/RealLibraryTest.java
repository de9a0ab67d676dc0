package org.genrewise.jobs.extract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.genrewise.jobs.testing.LocalSpark;
import org.genrewise.testing.SharedData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real music in six formats becomes features without a failure. */
class RealLibraryTest {
  @TempDir private Path folder;

  @Test
  void allClipsBecomeTwoSlicesEach() {
    Path library = SharedData.path("audio/library");
    SparkSession spark = LocalSpark.session();
    String output = folder.resolve("features").toString();

    ExtractResult result = SharedLibrary.extract(library, output);

    assertEquals(96, result.tracks());
    assertEquals(0, result.failedTracks());
    Dataset<Row> features = FeatureTable.read(spark, output);
    assertEquals(192, features.count());
    assertEquals(
        Set.of("ambient", "chiptune", "electronic", "midi", "orchestral", "rock"),
        features.select("label").distinct().collectAsList().stream()
            .map(row -> row.getString(0))
            .collect(Collectors.toSet()));
    assertEquals(74, features.select("group").distinct().count());
    for (Row row : features.select("db_min", "db_max", "padded").collectAsList()) {
      assertFalse(row.getBoolean(2));
      assertEquals(0, row.getFloat(1), 40);
    }
  }
}
