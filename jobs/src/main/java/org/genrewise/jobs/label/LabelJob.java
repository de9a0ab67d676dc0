package org.genrewise.jobs.label;

import static org.apache.spark.sql.functions.sum;

import java.sql.Date;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.genrewise.extraction.FeatureSettings;
import org.genrewise.extraction.TrackFeatures;
import org.genrewise.jobs.cli.Console;
import org.genrewise.jobs.cli.Eta;
import org.genrewise.jobs.library.Library;
import org.genrewise.jobs.library.Locations;
import org.genrewise.jobs.model.Engine;
import org.genrewise.jobs.model.LoadedModel;
import org.genrewise.jobs.spark.Json;
import org.genrewise.jobs.spark.Storage;
import org.genrewise.jobs.track.DecoderOptions;
import org.genrewise.jobs.track.ExecutorParts;
import org.genrewise.jobs.track.FailureTable;
import org.genrewise.jobs.track.TrackRun;
import org.genrewise.jobs.track.TrackWork;

/** Audio files to labels in Parquet. */
public final class LabelJob {
  private static final int TRACKS_PER_FILE = 100_000;

  private LabelJob() {}

  /**
   * Writes the tables labels and failures, and run.json, below the output.
   *
   * @param model as {@code settings.model()} has it, opened on the driver
   * @throws org.genrewise.jobs.cli.UserException if there is no audio, the output exists, or too
   *     many tracks fail
   */
  public static LabelResult run(
      SparkSession spark, Console console, LabelSettings settings, LoadedModel model) {
    Eta clock = new Eta("tracks", 0);
    Storage storage = new Storage(spark.sparkContext().hadoopConfiguration());
    Library library = settings.library().library(spark);
    storage.prepareOutput(settings.output(), settings.outputMode());
    LabelRun run = runOf(model);
    console.note(ExecutorParts.decoder(settings.library().decoder()).description());
    console.note(
        "model %s %s; %s; %,d tracks, %,d other files left alone"
            .formatted(
                run.modelId(),
                run.modelVersion(),
                Engine.description(model.precision()),
                library.tracks().size(),
                library.skipped().size()));
    try (TrackRun tracks =
        TrackRun.of(
            spark,
            console,
            "label",
            library.tracks(),
            LabelTable.SCHEMA,
            work(settings.model(), model.info().features(), settings.library().decoder(), run))) {
      String failures = settings.output() + "/" + FailureTable.FOLDER;
      tracks.failures().coalesce(1).write().parquet(Locations.hadoop(failures).toString());
      int files = (int) (1 + tracks.resultRows() / TRACKS_PER_FILE);
      tracks
          .results()
          .coalesce(files)
          .write()
          .partitionBy(LabelTable.PARTITION)
          .parquet(Locations.hadoop(settings.output() + "/" + LabelTable.FOLDER).toString());
      LabelResult result =
          new LabelResult(
              run.runId(),
              run.modelId(),
              run.modelVersion(),
              tracks.tracks(),
              tracks.failedTracks(),
              library.skipped().size(),
              audioSeconds(tracks),
              clock.seconds());
      storage.writeText(settings.output() + "/run.json", Json.of(result.asMap()));
      settings.library().requireFewFailures(tracks, failures);
      return result;
    }
  }

  private static LabelRun runOf(LoadedModel model) {
    return new LabelRun(
        UUID.randomUUID().toString(),
        Date.valueOf(LocalDate.now(ZoneOffset.UTC)),
        model.info().modelId(),
        model.version(),
        model.info().features().version(),
        Engine.precision(model.precision()),
        Engine.DEVICE);
  }

  private static TrackWork work(
      String folder, FeatureSettings settings, DecoderOptions decoder, LabelRun run) {
    return track -> {
      LoadedModel model = LoadedModel.shared(folder, run.modelVersion());
      TrackFeatures features =
          ExecutorParts.extractor(settings).extract(ExecutorParts.open(track, decoder));
      return List.of(
          LabelTable.row(track, features, model.labeller().label(features.slices()), run));
    };
  }

  private static double audioSeconds(TrackRun tracks) {
    Row total = tracks.results().agg(sum("duration_seconds")).first();
    return total.isNullAt(0) ? 0 : total.getDouble(0);
  }
}
