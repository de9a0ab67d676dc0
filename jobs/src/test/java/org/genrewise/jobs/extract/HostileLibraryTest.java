package org.genrewise.jobs.extract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
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
    List<Row> manifest = manifest(spark, hostile);
    assertEquals(manifest.size(), result.tracks());
    assertEquals(manifest.size(), labelled.size() + failed.size());
    for (Row row : manifest) {
      String path = hostile.resolve(row.<String>getAs("path")).normalize().toString();
      String outcome = labelled.contains(path) ? "labelled" : "error:" + failed.get(path);
      assertTrue(accepted(row).contains(outcome), row.getAs("path") + " ended as " + outcome);
    }
  }

  private static List<Row> manifest(SparkSession spark, Path hostile) {
    return spark
        .read()
        .option("header", true)
        .option("escape", "\"")
        .csv(hostile.resolve("manifest.csv").toUri().toString())
        .collectAsList();
  }

  private static Set<String> accepted(Row row) {
    Set<String> accepted = new HashSet<>();
    String expected = row.getAs("expected");
    accepted.add(
        expected.equals("labelled") ? expected : "error:" + row.getAs("expected_error_kind"));
    String others = row.getAs("also_accepted");
    if (others != null) {
      accepted.addAll(Arrays.asList(others.split(";")));
    }
    if (row.<String>getAs("path").startsWith("(not in the folder)")) {
      // The manifest's entries for files that a test would make: as given, none of them exists.
      accepted.add("error:not_found");
    }
    return accepted;
  }
}
