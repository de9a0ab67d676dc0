package org.genrewise.jobs.demo;

import static org.apache.spark.sql.functions.col;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.genrewise.corpus.Corpus;
import org.genrewise.extraction.FeatureSettings;
import org.genrewise.jobs.cli.Console;
import org.genrewise.jobs.cli.Eta;
import org.genrewise.jobs.cli.UserException;
import org.genrewise.jobs.demo.DemoResult.LabelledTrack;
import org.genrewise.jobs.extract.ExtractJob;
import org.genrewise.jobs.extract.ExtractResult;
import org.genrewise.jobs.extract.ExtractSettings;
import org.genrewise.jobs.extract.FeatureTable;
import org.genrewise.jobs.label.LabelJob;
import org.genrewise.jobs.label.LabelOptions;
import org.genrewise.jobs.label.LabelResult;
import org.genrewise.jobs.label.LabelSettings;
import org.genrewise.jobs.label.LabelTable;
import org.genrewise.jobs.model.LoadedModel;
import org.genrewise.jobs.spark.OutputMode;
import org.genrewise.jobs.spark.Storage;
import org.genrewise.jobs.track.LibrarySettings;
import org.genrewise.jobs.train.TrainJob;
import org.genrewise.jobs.train.TrainResult;
import org.genrewise.training.Track;

/** The whole way once: audio, features, model, labels, and a page that shows them. */
public final class DemoJob {
  private DemoJob() {}

  /**
   * Leaves audio (unless it is the user's), extract, train, label and report.html below the output.
   *
   * @throws org.genrewise.jobs.cli.UserException if the user's audio does not suffice
   */
  public static DemoResult run(SparkSession spark, Console console, DemoSettings settings) {
    Eta clock = new Eta("steps", 4);
    Path output = settings.output().toAbsolutePath().normalize();
    new Storage(spark.sparkContext().hadoopConfiguration())
        .prepareOutput(output.toString(), settings.outputMode());
    Path audio = settings.audio().orElseGet(() -> render(console, settings, output));

    step(console, 2, "extracting constant-Q slices");
    String features = output.resolve("extract").toString();
    LibrarySettings library = library(settings, audio.toString(), Optional.empty());
    ExtractResult extract =
        ExtractJob.run(
            spark,
            console,
            new ExtractSettings(
                library, FeatureSettings.DEFAULT, features, OutputMode.REFUSE_EXISTING));

    step(console, 3, "training");
    TrainResult train =
        TrainJob.run(spark, console, settings.train(features, output.resolve("train").toString()));

    step(console, 4, "labelling the tracks that training never saw");
    Dataset<Row> table = FeatureTable.read(spark, features);
    Map<String, String> truths = pathsAndLabels(table, train.testTracks());
    String manifest = writeManifest(output, truths.keySet());
    String labels = output.resolve("label").toString();
    LabelResult label =
        LabelJob.run(
            spark,
            console,
            LabelOptions.settings(
                LabelOptions.SCHEMA.resolve(Optional.empty(), List.of()),
                library(settings, audio.toString(), Optional.of(manifest)),
                train.model(),
                labels,
                LabelSettings.Scope.DEFAULT),
            LoadedModel.load(train.model(), spark.sparkContext().hadoopConfiguration()));
    List<LabelledTrack> labelled = labelled(spark, labels, truths);
    DemoResult result =
        new DemoResult(
            extract, train, label, labelled, output.resolve("report.html"), clock.seconds());
    DemoReport.write(result, settings, table);
    return result;
  }

  private static Path render(Console console, DemoSettings settings, Path output) {
    step(console, 1, "rendering %,d pieces of music".formatted(settings.corpus().tracks()));
    Eta eta = new Eta("pieces", settings.corpus().tracks());
    Path audio = output.resolve("audio");
    try {
      Corpus.write(
          audio, settings.corpus(), (done, total) -> console.progress(eta.line("render", done)));
      return audio;
    } catch (FileSystemException e) {
      throw new UserException("the corpus cannot be written into %s: %s".formatted(audio, e), e);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot render the corpus into " + audio, e);
    }
  }

  private static void step(Console console, int number, String what) {
    console.note("[%d/4] %s".formatted(number, what));
  }

  private static LibrarySettings library(
      DemoSettings settings, String input, Optional<String> manifest) {
    return LibrarySettings.of(
        input, manifest, settings.values(), FeatureSettings.DEFAULT.cqt().sampleRate());
  }

  private static Map<String, String> pathsAndLabels(Dataset<Row> features, List<Track> tracks) {
    Map<String, String> labels = tracks.stream().collect(Collectors.toMap(Track::id, Track::label));
    Map<String, String> byPath = new HashMap<>();
    for (Row row :
        features.filter(col("slice").equalTo(0)).select("track_id", "path").collectAsList()) {
      String label = labels.get(row.getString(0));
      if (label != null) {
        byPath.put(row.getString(1), label);
      }
    }
    return byPath;
  }

  private static String writeManifest(Path output, Iterable<String> paths) {
    StringBuilder csv = new StringBuilder("path\n");
    for (String path : paths) {
      csv.append('"').append(path.replace("\"", "\"\"")).append("\"\n");
    }
    Path manifest = output.resolve("held-out.csv");
    try {
      return Files.writeString(manifest, csv).toString();
    } catch (IOException e) {
      throw new UserException("cannot write %s: %s".formatted(manifest, e), e);
    }
  }

  private static List<LabelledTrack> labelled(
      SparkSession spark, String location, Map<String, String> truths) {
    List<LabelledTrack> labelled = new ArrayList<>();
    for (Row row :
        spark
            .read()
            .parquet(Path.of(location, LabelTable.FOLDER).toUri().toString())
            .select("path", "label", "confidence")
            .orderBy("path")
            .collectAsList()) {
      Path path = Path.of(row.getString(0));
      labelled.add(
          new LabelledTrack(
              path.getParent().getFileName() + "/" + path.getFileName(),
              truths.get(row.getString(0)),
              row.getString(1),
              row.getDouble(2)));
    }
    return labelled;
  }
}
