package org.genrewise.jobs.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** What the hostile collection of the shared data says of its files. */
public final class HostileManifest {
  private HostileManifest() {}

  /**
   * Asserts that every file ended as the manifest says.
   *
   * @param hostile folder of the collection
   * @param labelled paths of files that could be used
   * @param failed kinds by paths of those that could not
   */
  public static void check(
      SparkSession spark, Path hostile, Set<String> labelled, Map<String, String> failed) {
    List<Row> manifest = manifest(spark, hostile);
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
