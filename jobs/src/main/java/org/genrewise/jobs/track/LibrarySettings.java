package org.genrewise.jobs.track;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.genrewise.audio.DecoderSettings;
import org.genrewise.jobs.cli.UserException;
import org.genrewise.jobs.library.Library;
import org.genrewise.jobs.library.LibraryLister;
import org.genrewise.jobs.library.Manifest;
import org.genrewise.jobs.library.Track;
import org.genrewise.jobs.settings.Setting;
import org.genrewise.jobs.settings.Settings;
import org.genrewise.jobs.settings.SettingsSchema;

/**
 * Which files a run works on, and how it reads them.
 *
 * @param inputs folders or files, local paths or URIs of other file systems, or patterns of them;
 *     at least one
 * @param manifest table that names the files, instead of listing the input
 * @param endings of file names that count as audio when the input is listed
 * @param maximumFailureShare the run fails when a larger share of the tracks does, 0 to 1
 */
public record LibrarySettings(
    List<String> inputs,
    Optional<String> manifest,
    List<String> endings,
    DecoderOptions decoder,
    double maximumFailureShare) {

  private static final Setting<String> ENDINGS =
      Setting.text(
          "endings",
          String.join(",", LibraryLister.AUDIO_ENDINGS),
          "list",
          "endings of the names of audio files; a manifest's files are tried whatever their names");
  private static final Setting<Double> MINIMUM_SECONDS =
      Setting.number(
          "minimum-seconds",
          DecoderSettings.DEFAULT.minimumSeconds(),
          "s",
          "shorter audio is a failure (too_short)");
  private static final Setting<Double> MAXIMUM_SECONDS =
      Setting.number(
          "maximum-seconds",
          DecoderSettings.DEFAULT.maximumSeconds(),
          "s",
          "longer audio is a failure (too_long)");
  private static final Setting<Integer> TIME_LIMIT =
      Setting.whole(
          "time-limit",
          (int) DecoderSettings.DEFAULT.timeout().toSeconds(),
          "s",
          "decoding a file that takes longer is a failure (timeout)");
  private static final Setting<Double> MAX_FAILURE_SHARE =
      Setting.number(
          "max-failure-share",
          0.5,
          "0 to 1",
          "the run fails when a larger share of the tracks does");

  public static final SettingsSchema SCHEMA =
      new SettingsSchema(
          List.of(
              ENDINGS,
              MINIMUM_SECONDS,
              MAXIMUM_SECONDS,
              TIME_LIMIT,
              DecoderOptions.FFMPEG,
              MAX_FAILURE_SHARE));

  public LibrarySettings {
    inputs = List.copyOf(inputs);
    endings = List.copyOf(endings);
    if (inputs.isEmpty() || (manifest.isPresent() && inputs.size() > 1)) {
      throw new IllegalArgumentException(
          "a run needs one input, or several without a manifest, not " + inputs);
    }
    if (!(maximumFailureShare >= 0 && maximumFailureShare <= 1)) {
      throw new IllegalArgumentException(
          "max-failure-share must be from 0 to 1, not " + maximumFailureShare);
    }
  }

  /**
   * Settings of a run from the user's.
   *
   * @param sampleRate that the features need, in hertz
   * @throws UserException if a value is out of its range
   */
  public static LibrarySettings of(
      String input, Optional<String> manifest, Settings settings, int sampleRate) {
    return of(List.of(input), manifest, settings, sampleRate);
  }

  /** As the other, with several inputs. */
  public static LibrarySettings of(
      List<String> inputs, Optional<String> manifest, Settings settings, int sampleRate) {
    return Settings.validated(
        () ->
            new LibrarySettings(
                inputs,
                manifest,
                Arrays.stream(settings.value(ENDINGS).split(",")).map(String::strip).toList(),
                new DecoderOptions(
                    sampleRate,
                    settings.value(MINIMUM_SECONDS),
                    settings.value(MAXIMUM_SECONDS),
                    settings.value(TIME_LIMIT),
                    settings.value(DecoderOptions.FFMPEG)),
                settings.value(MAX_FAILURE_SHARE)));
  }

  /**
   * Lists the library.
   *
   * @throws UserException if it cannot be listed or holds no audio
   */
  public Library library(SparkSession spark) {
    Library library =
        manifest
            .map(m -> Manifest.read(spark, m, inputs.get(0)))
            .orElseGet(() -> listed(spark.sparkContext().hadoopConfiguration()));
    if (library.tracks().isEmpty()) {
      throw noAudio(library.skipped().size());
    }
    return library;
  }

  private Library listed(Configuration configuration) {
    LibraryLister lister = new LibraryLister(endings);
    List<Track> tracks = new ArrayList<>();
    List<String> skipped = new ArrayList<>();
    for (String input : inputs) {
      Library library = lister.list(input, configuration);
      tracks.addAll(library.tracks());
      skipped.addAll(library.skipped());
    }
    return new Library(tracks, skipped);
  }

  /** What to say of a library without audio. */
  public UserException noAudio(long otherFiles) {
    return new UserException(
        "no audio in %s: none of its %,d files has one of the endings %s"
            .formatted(String.join(", ", inputs), otherFiles, String.join(", ", endings)));
  }

  /**
   * Ends the run if too many tracks failed.
   *
   * @throws UserException past the maximum share
   */
  public void requireFewFailures(long failed, long tracks, String failuresLocation) {
    if (failed > maximumFailureShare * tracks) {
      throw new UserException(
          "%,d of %,d tracks failed, more than max-failure-share = %s allows; why is in %s"
              .formatted(failed, tracks, maximumFailureShare, failuresLocation));
    }
  }
}
