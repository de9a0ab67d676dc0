package org.genrewise.jobs.label;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.SparkSession;
import org.genrewise.jobs.cli.Console;
import org.genrewise.jobs.cli.UserException;
import org.genrewise.jobs.model.Engine;
import org.genrewise.jobs.model.LoadedModel;
import org.genrewise.jobs.spark.OutputLock;
import org.genrewise.jobs.spark.SparkSessions;
import org.genrewise.jobs.spark.Storage;
import org.genrewise.jobs.track.ExecutorParts;
import org.genrewise.jobs.track.FailureTable;

/**
 * Labels what is new in a library.
 *
 * <p>A run lists the library, compares it with the rows of earlier runs, and labels the rest in
 * waves. A wave's outcomes are staged in one step; staged waves are appended to the tables at the
 * end, or when there are many. Whatever kills a run, the next one publishes what was staged.
 */
public final class LabelJob {
  /** So that files of the tables have a sensible size, and the staging folder stays small. */
  private static final long TRACKS_PER_PUBLICATION = 100_000;

  private final SparkSession spark;
  private final Console console;
  private final LabelSettings settings;
  private final LoadedModel model;
  private final RunIdentity run;
  private final Storage storage;
  private final Staging staging;
  private final Publication publication;
  private final History history;
  private final RunRecord record;
  private String engine;
  private final long start = System.nanoTime();

  private LabelJob(SparkSession spark, Console console, LabelSettings settings, LoadedModel model) {
    this.spark = spark;
    this.console = console;
    this.settings = settings;
    this.model = model;
    this.run = RunIdentity.begin(settings, model);
    this.storage = new Storage(spark.sparkContext().hadoopConfiguration());
    this.staging = new Staging(spark, settings.output());
    this.publication = new Publication(spark, settings.output(), staging);
    this.history = new History(spark, settings.output());
    this.record = new RunRecord(storage, settings.output());
  }

  /**
   * Adds to the tables labels and failures (and slices, on request) below the output, and writes
   * runs/RUN_ID.json.
   *
   * @param model as {@code settings.model()} has it, opened on the driver
   * @throws UserException if there is no audio, the output is no label output or another run writes
   *     it, or too many tracks fail; rows that were made are kept
   */
  public static LabelResult run(
      SparkSession spark, Console console, LabelSettings settings, LoadedModel model) {
    return new LabelJob(spark, console, settings, model).run();
  }

  /**
   * Tells what {@link #run} would do; adds nothing to the tables, also not what a killed run left.
   *
   * @throws UserException as {@link #run}
   */
  public static LabelPlan plan(
      SparkSession spark, Console console, LabelSettings settings, LoadedModel model) {
    return new LabelJob(spark, console, settings, model).plan();
  }

  private LabelResult run() {
    requireLabelOutput();
    try (OutputLock lock = OutputLock.take(storage, console, settings.output(), run.runId())) {
      prefetch();
      long recovered = recover();
      tellEngine();
      record.begin(run, settings, environment());
      try {
        return run(lock, recovered);
      } catch (UserException e) {
        record.failed(run.runId(), e.getMessage());
        throw e;
      }
    }
  }

  private LabelResult run(OutputLock lock, long recovered) {
    Inventory inventory = inventory();
    Difference difference = difference(inventory);
    long removed = removed(inventory, true);
    console.note(
        "%,d tracks listed, %,d other files left alone; %,d have their row, %,d to label (%,.1f MB)"
            .formatted(
                inventory.tracks(),
                inventory.otherFiles(),
                difference.unchanged(),
                difference.tracks(),
                difference.bytes() / 1e6));
    LabelWaves waves =
        new LabelWaves(
            spark, console, settings, LabelWork.of(settings, model, run), staging, difference);
    double begun = seconds();
    long published = 0;
    UserException tooManyFailures = null;
    while (waves.hasNext() && tooManyFailures == null) {
      waves.next();
      tooManyFailures = tooManyFailures(waves);
      if (waves.tracks() - published >= TRACKS_PER_PUBLICATION) {
        lock.requireHeld();
        publication.publish(waves.takeCommitted());
        published = waves.tracks();
      }
    }
    lock.requireHeld();
    publication.publish(waves.takeCommitted());
    staging.deleteRun(run.runId());
    if (tooManyFailures != null) {
      throw tooManyFailures;
    }
    LabelResult result =
        new LabelResult(
            run.runId(),
            run.modelId(),
            run.modelVersion(),
            inventory.tracks(),
            difference.unchanged(),
            inventory.otherFiles(),
            difference.parts(),
            waves.tracks(),
            waves.failedTracks(),
            waves.permanentFailures(),
            recovered,
            removed,
            waves.audioSeconds(),
            seconds() - begun,
            seconds(),
            waves.stages());
    record.done(result);
    return result;
  }

  private UserException tooManyFailures(LabelWaves waves) {
    try {
      settings
          .library()
          .requireFewFailures(
              waves.failedTracks(), waves.tracks(), settings.output() + "/" + FailureTable.FOLDER);
      return null;
    } catch (UserException e) {
      return e;
    }
  }

  private LabelPlan plan() {
    requireLabelOutput();
    boolean there = storage.exists(settings.output());
    try (OutputLock lock = OutputLock.take(storage, console, settings.output(), run.runId())) {
      prefetch();
      tellEngine();
      try {
        Inventory inventory = inventory();
        Difference difference = difference(inventory);
        Estimate estimate =
            difference.tracks() == 0
                ? new Estimate(0, "")
                : Estimate.of(
                    spark, record.lastSpeed(), difference, LabelWork.of(settings, model, run));
        lock.requireHeld();
        return new LabelPlan(
            difference,
            inventory.otherFiles(),
            removed(inventory, false),
            estimate.seconds(),
            estimate.basis());
      } finally {
        staging.deleteRun(run.runId());
      }
    } finally {
      if (!there) {
        storage.delete(settings.output());
      }
    }
  }

  /** Where the tasks run in this process, its model is read while the library is listed. */
  private void prefetch() {
    if (spark.sparkContext().isLocal()) {
      model.prefetch();
    }
  }

  /** A folder full of something else must not become the root of tables by a slip. */
  private void requireLabelOutput() {
    List<String> names = storage.names(settings.output());
    // Not the failures, which other verbs leave, too; every label run leaves its record.
    Set<String> ours = Set.of(LabelTable.FOLDER, RunRecord.FOLDER, OutputLock.FILE);
    if (!names.isEmpty() && names.stream().noneMatch(ours::contains)) {
      throw new UserException(
          "the output %s holds %s and nothing of a label run; name a new folder, or that of earlier runs"
              .formatted(settings.output(), names.get(0)));
    }
  }

  private long recover() {
    long recovered = 0;
    for (String killed : staging.runs()) {
      long rows = publication.recover(killed);
      record.killed(killed, rows);
      console.note(
          "run %s was killed; %,d rows that it had staged are published".formatted(killed, rows));
      recovered += rows;
    }
    return recovered;
  }

  private void tellEngine() {
    console.note(ExecutorParts.decoder(settings.library().decoder()).description());
    console.note(
        "model %s %s; %s; features %s"
            .formatted(run.modelId(), run.modelVersion(), engine(), run.featureVersion()));
  }

  private String engine() {
    if (engine == null) {
      engine = Engine.description(spark, model.precision());
    }
    return engine;
  }

  private Map<String, String> environment() {
    return Map.of(
        "engine", engine(),
        "decoder", ExecutorParts.decoder(settings.library().decoder()).description(),
        "spark", SparkSessions.description(spark));
  }

  private Inventory inventory() {
    return Inventory.take(
        spark, console, settings.library(), staging.table(run.runId(), "inventory"));
  }

  private Difference difference(Inventory inventory) {
    return Difference.of(
        spark,
        inventory,
        history,
        run,
        settings.scope().force(),
        staging.table(run.runId(), "todo"));
  }

  /** How many tracks are gone; -1 if nobody asked. */
  private long removed(Inventory inventory, boolean write) {
    if (!settings.scope().reportRemoved()) {
      return -1;
    }
    RemovedTable removed = RemovedTable.of(inventory, history);
    if (write) {
      removed.append(settings.output(), run.runId());
    }
    return removed.count();
  }

  private double seconds() {
    return (System.nanoTime() - start) / 1e9;
  }
}
