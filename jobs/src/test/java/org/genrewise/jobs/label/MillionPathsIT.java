package org.genrewise.jobs.label;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.format_string;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.timestamp_millis;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.StructField;
import org.genrewise.jobs.model.LoadedModel;
import org.genrewise.jobs.testing.LocalSpark;
import org.genrewise.jobs.testing.SimulatedLibrary;
import org.genrewise.jobs.testing.UntrainedModel;
import org.genrewise.jobs.testing.VerbProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A library of a million paths, listed and compared in a driver with little memory. */
class MillionPathsIT {
  private static final long TRACKS = 1_000_000;
  private static final long LABELLED = 999_000;

  @TempDir private Path folder;

  @Test
  void theDriverNeverHoldsTheLibrary() throws Exception {
    String model = UntrainedModel.save(folder.resolve("model"), 1);
    Path output = folder.resolve("labels");
    writeRows(model, output);

    try (VerbProcess run =
        VerbProcess.start(
            folder.resolve("log.txt"),
            List.of("-Xmx640m", "-Dspark.hadoop.fs.sim.impl=" + SimulatedLibrary.class.getName()),
            List.of(
                "label",
                "--dry-run",
                "--input",
                "sim://%d/".formatted(TRACKS),
                "--model",
                model,
                "--output",
                output.toString()))) {
      assertEquals(0, run.await(), run.text());
      assertTrue(run.text().matches("(?s).*new +1,000 tracks.*"), run.text());
      assertTrue(run.text().matches("(?s).*skipped +999,000 tracks.*"), run.text());
    }
  }

  /** What earlier runs would have written of all but the last thousand. */
  private static void writeRows(String model, Path output) {
    LoadedModel loaded =
        LoadedModel.load(model, LocalSpark.session().sparkContext().hadoopConfiguration());
    Column index = col("id");
    Column path =
        concat(
            lit("sim://%d/artist ".formatted(TRACKS)),
            format_string("%03d", index.mod(1000)),
            lit("/track "),
            format_string("%08d", index),
            lit(".mp3"));
    Column[] columns = new Column[LabelTable.SCHEMA.fields().length];
    for (int i = 0; i < columns.length; i++) {
      StructField field = LabelTable.SCHEMA.fields()[i];
      Column value =
          switch (field.name()) {
            case "path" -> path;
            case "size_bytes" -> lit(SimulatedLibrary.SIZE);
            case "modified_at" -> timestamp_millis(lit(SimulatedLibrary.MODIFIED));
            case "model_version" -> lit(loaded.version());
            case "feature_version" -> lit(loaded.info().features().version());
            case "labelled_on" -> lit("2026-01-01").cast("date");
            default -> lit(null);
          };
      columns[i] = value.cast(field.dataType()).as(field.name());
    }
    LocalSpark.session()
        .range(LABELLED)
        .select(columns)
        .write()
        .partitionBy("labelled_on")
        .parquet(output.resolve("labels").toUri().toString());
  }
}
