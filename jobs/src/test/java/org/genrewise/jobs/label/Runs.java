package org.genrewise.jobs.label;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.genrewise.jobs.cli.Console;
import org.genrewise.jobs.model.LoadedModel;
import org.genrewise.jobs.testing.LocalSpark;
import org.genrewise.jobs.testing.Moments;
import org.genrewise.jobs.track.LibrarySettings;

/** Label runs of tests on one input, model and output, and what they left. */
final class Runs {
  private final SparkSession spark = LocalSpark.session();
  private final String model;
  private final Path output;
  private Console console = LocalSpark.silence();

  Runs(String model, Path output) {
    this.model = model;
    this.output = output;
  }

  Runs tell(Console console) {
    this.console = console;
    return this;
  }

  LabelResult label(Path input, String... settings) {
    return label(List.of(input.toString()), LabelSettings.Scope.DEFAULT, settings);
  }

  LabelResult label(List<String> inputs, LabelSettings.Scope scope, String... settings) {
    return label(inputs, Optional.empty(), scope, settings);
  }

  LabelResult label(
      List<String> inputs,
      Optional<String> manifest,
      LabelSettings.Scope scope,
      String... settings) {
    return LabelJob.run(spark, console, settings(inputs, manifest, scope, settings), loaded());
  }

  LabelPlan plan(Path input, String... settings) {
    return LabelJob.plan(
        spark,
        console,
        settings(
            List.of(input.toString()), Optional.empty(), LabelSettings.Scope.DEFAULT, settings),
        loaded());
  }

  private LabelSettings settings(
      List<String> inputs,
      Optional<String> manifest,
      LabelSettings.Scope scope,
      String... assignments) {
    List<String> all = new ArrayList<>(List.of("max-failure-share=1", "backoff-seconds=0.01"));
    all.addAll(List.of(assignments));
    var settings = LabelOptions.SCHEMA.resolve(Optional.empty(), all);
    return LabelOptions.settings(
        settings,
        LibrarySettings.of(inputs, manifest, settings, 22_050),
        model,
        output.toString(),
        scope);
  }

  private LoadedModel loaded() {
    return LoadedModel.load(model, spark.sparkContext().hadoopConfiguration());
  }

  Dataset<Row> table(String name) {
    return spark.read().parquet(output.resolve(name).toUri().toString());
  }

  List<Row> rows(String name) {
    return Files.exists(output.resolve(name)) ? table(name).collectAsList() : List.of();
  }

  /** As {@link #rows}, of a table that a killed run may have begun and given no row yet. */
  List<Row> rowsSoFar(String name) {
    return Moments.exists(output.resolve(name), ".parquet") ? rows(name) : List.of();
  }

  /** Names of the labelled files, in order, as often as they have rows. */
  List<String> labelled() {
    return names("labels");
  }

  /** Names of the failed files, in order, as often as they have rows. */
  List<String> failed() {
    return names("failures");
  }

  /** Kinds of failures by names of files. */
  Map<String, String> kinds() {
    return rows("failures").stream()
        .collect(Collectors.toMap(Runs::name, row -> row.getAs("kind"), (a, b) -> b));
  }

  private List<String> names(String table) {
    return rows(table).stream().map(Runs::name).sorted().toList();
  }

  private static String name(Row row) {
    return Path.of(row.<String>getAs("path")).getFileName().toString();
  }
}
