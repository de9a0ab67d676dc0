package org.genrewise.jobs.label;

import java.util.List;
import org.genrewise.inference.Labeller;
import org.genrewise.jobs.settings.Setting;
import org.genrewise.jobs.settings.Settings;
import org.genrewise.jobs.settings.SettingsSchema;
import org.genrewise.jobs.track.LibrarySettings;
import org.genrewise.jobs.track.Retry;

/** The settings of the verb label, as users name them. */
public final class LabelOptions {
  static final Setting<Integer> SLICES_PER_TRACK =
      Setting.whole(
          "slices-per-track",
          0,
          "slices",
          "evenly spaced slices that are analysed of each track; 0: all of them");
  private static final Setting<Double> UNCERTAIN_BELOW =
      Setting.number(
          "uncertain-below",
          0.5,
          "0 to 1",
          "tracks whose confidence is lower are marked as uncertain");
  private static final Setting<Boolean> WRITE_SLICES =
      Setting.flag("write-slices", "whether the table slices is written, one row a slice");
  private static final Setting<Boolean> WRITE_EMBEDDINGS =
      Setting.flag(
          "write-embeddings",
          "whether rows hold what enters the network's last layer, the mean over the slices");
  private static final Setting<Integer> BATCH_SIZE =
      Setting.whole(
          "batch-size",
          Labeller.DEFAULT_BATCH_SIZE,
          "slices",
          "slices, of many tracks, that go through the network together");
  private static final Setting<Integer> NETWORK_THREADS =
      Setting.whole(
          "network-threads",
          1,
          "threads",
          "batches that an executor computes at the same time, each on all of its cores");
  private static final Setting<Integer> ATTEMPTS =
      Setting.whole("attempts", 3, "times", "how often a track is tried whose fault may pass");
  private static final Setting<Double> BACKOFF =
      Setting.number(
          "backoff-seconds",
          1,
          "s",
          "pause before the second attempt; doubled before each further one");
  private static final Setting<Double> COMMIT_SECONDS =
      Setting.number(
          "commit-seconds",
          300,
          "s",
          "about how much work may be lost to a kill: finished tracks are made safe so often");

  public static final SettingsSchema SCHEMA =
      new SettingsSchema(
              List.of(
                  SLICES_PER_TRACK,
                  UNCERTAIN_BELOW,
                  WRITE_SLICES,
                  WRITE_EMBEDDINGS,
                  BATCH_SIZE,
                  NETWORK_THREADS,
                  ATTEMPTS,
                  BACKOFF,
                  COMMIT_SECONDS))
          .and(LibrarySettings.SCHEMA);

  private LabelOptions() {}

  /**
   * What a run does.
   *
   * @param model folder of the bundle
   * @throws org.genrewise.jobs.cli.UserException if a value is out of its range
   */
  public static LabelSettings settings(
      Settings settings,
      LibrarySettings library,
      String model,
      String output,
      LabelSettings.Scope scope) {
    return Settings.validated(
        () ->
            new LabelSettings(
                library,
                model,
                output,
                analysis(settings),
                scope,
                settings.value(COMMIT_SECONDS),
                settings.asMap()));
  }

  private static Analysis analysis(Settings settings) {
    return new Analysis(
        settings.value(SLICES_PER_TRACK),
        settings.value(UNCERTAIN_BELOW),
        settings.value(WRITE_SLICES),
        settings.value(WRITE_EMBEDDINGS),
        settings.value(BATCH_SIZE),
        settings.value(NETWORK_THREADS),
        new Retry(settings.value(ATTEMPTS), settings.value(BACKOFF)));
  }
}
