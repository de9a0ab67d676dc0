package org.genrewise.jobs.extract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;
import org.genrewise.jobs.testing.HostileManifest;
import org.genrewise.jobs.testing.LocalSpark;
import org.genrewise.testing.SharedData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every file of the hostile collection ends as its manifest says, in one run that ends well. */
class HostileLibraryTest {
  @TempDir private Path folder;

  @Test
  void everyFileEndsAsItsManifestSays() {
    Path hostile = SharedData.path("audio/hostile");
    SparkSession spark = LocalSpark.session();
    String output = folder.resolve("features").toString();

    ExtractResult result = SharedLibrary.extract(hostile, output);

    Set<String> labelled =
        FeatureTable.read(spark, output).select("path").distinct().collectAsList().stream()
            .map(row -> row.getString(0))
            .collect(Collectors.toSet());
    Map<String, String> failed =
        spark.read().parquet(output + "/failures").collectAsList().stream()
            .collect(Collectors.toMap(row -> row.getAs("path"), row -> row.getAs("kind")));
    HostileManifest.check(spark, hostile, labelled, failed);
    assertEquals(labelled.size() + failed.size(), result.tracks());
  }
}
