package org.genrewise.jobs.extract;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.genrewise.extraction.FeatureExtractor;
import org.genrewise.extraction.FeatureSettings;
import org.genrewise.jobs.cli.Console;
import org.genrewise.jobs.cli.Eta;
import org.genrewise.jobs.library.Library;
import org.genrewise.jobs.spark.Json;
import org.genrewise.jobs.spark.Locations;
import org.genrewise.jobs.spark.Storage;
import org.genrewise.jobs.track.DecoderOptions;
import org.genrewise.jobs.track.ExecutorParts;
import org.genrewise.jobs.track.FailureTable;
import org.genrewise.jobs.track.TrackRun;
import org.genrewise.jobs.track.TrackWork;

/** Audio files to constant-Q slices in Parquet. */
public final class ExtractJob {
  private static final int SLICES_PER_FILE = 4_000;

  private ExtractJob() {}

  /**
   * Writes the tables features and failures, and run.json, below the output.
   *
   * @throws org.genrewise.jobs.cli.UserException if there is no audio, the output exists, or too
   *     many tracks fail
   */
  public static ExtractResult run(SparkSession spark, Console console, ExtractSettings settings) {
    Eta clock = new Eta("tracks", 0);
    Storage storage = new Storage(spark.sparkContext().hadoopConfiguration());
    Library library = settings.library().library(spark);
    storage.prepareOutput(settings.output(), settings.outputMode());
    console.note(
        "%s; %s; features %s"
            .formatted(
                ExecutorParts.decoder(settings.library().decoder()).description(),
                "%,d tracks, %,d other files left alone"
                    .formatted(library.tracks().size(), library.skipped().size()),
                settings.features().version()));
    try (TrackRun run =
        TrackRun.of(
            spark,
            console,
            "extract",
            library.tracks(),
            FeatureTable.SCHEMA,
            work(settings.features(), settings.library().decoder()))) {
      String failures = settings.output() + "/" + FailureTable.FOLDER;
      write(run.failures(), run.failedTracks(), failures);
      write(run.results(), run.resultRows(), settings.output() + "/" + FeatureTable.FOLDER);
      ExtractResult result =
          new ExtractResult(
              run.tracks(),
              run.failedTracks(),
              run.resultRows(),
              library.skipped().size(),
              settings.features().version(),
              clock.seconds());
      storage.writeText(settings.output() + "/run.json", Json.of(result.asMap()));
      settings.library().requireFewFailures(run.failedTracks(), run.tracks(), failures);
      return result;
    }
  }

  private static TrackWork work(FeatureSettings features, DecoderOptions decoder) {
    return track ->
        ExecutorParts.extractor(features)
            .extract(ExecutorParts.pieces(track, decoder), FeatureExtractor.ALL_SLICES)
            .slices()
            .stream()
            .map(slice -> FeatureTable.row(track, slice, features.version()))
            .toList();
  }

  private static void write(Dataset<Row> rows, long count, String location) {
    int files = (int) Math.max(1, (count + SLICES_PER_FILE - 1) / SLICES_PER_FILE);
    rows.coalesce(files).write().parquet(Locations.hadoop(location).toString());
  }
}
