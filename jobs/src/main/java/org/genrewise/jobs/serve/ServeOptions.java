package org.genrewise.jobs.serve;

import java.util.List;
import java.util.Optional;
import org.genrewise.audio.DecoderSettings;
import org.genrewise.inference.Labeller;
import org.genrewise.jobs.settings.Setting;
import org.genrewise.jobs.settings.Settings;
import org.genrewise.jobs.settings.SettingsSchema;
import org.genrewise.jobs.track.DecoderOptions;

/** The settings of the verb serve. */
final class ServeOptions {
  private static final int MEGABYTE = 1_000_000;

  private static final Setting<Integer> MAX_MEGABYTES =
      Setting.whole(
          "max-megabytes",
          (int) (ServeLimits.DEFAULT.bytes() / MEGABYTE),
          "MB",
          "larger files are refused (413)");
  private static final Setting<Double> UPLOAD_LIMIT =
      Setting.number(
          "upload-limit",
          ServeLimits.DEFAULT.uploadSeconds(),
          "s",
          "a file that takes longer to arrive is refused (408)");
  private static final Setting<Double> TIME_LIMIT =
      Setting.number(
          "time-limit",
          ServeLimits.DEFAULT.workSeconds(),
          "s",
          "a track that takes longer to label, once its turn has come, is given up (504)");
  private static final Setting<Integer> CONCURRENT =
      Setting.whole(
          "concurrent",
          ServeLimits.DEFAULT.concurrent(),
          "tracks",
          "tracks that are worked on at the same time");
  private static final Setting<Integer> WAITING =
      Setting.whole(
          "waiting",
          ServeLimits.DEFAULT.waiting(),
          "tracks",
          "further tracks that may arrive and wait for their turn; more are refused (429)");
  private static final Setting<Double> MINIMUM_SECONDS =
      Setting.number(
          "minimum-seconds",
          DecoderSettings.DEFAULT.minimumSeconds(),
          "s",
          "shorter audio is refused (422)");
  private static final Setting<Double> MAXIMUM_SECONDS =
      Setting.number("maximum-seconds", 7200, "s", "longer audio is refused (422)");
  private static final Setting<Integer> BATCH_SIZE =
      Setting.whole(
          "batch-size",
          Labeller.DEFAULT_BATCH_SIZE,
          "slices",
          "slices, of all tracks at hand, that go through the network together");

  static final SettingsSchema SCHEMA =
      new SettingsSchema(
          List.of(
              MAX_MEGABYTES,
              UPLOAD_LIMIT,
              TIME_LIMIT,
              CONCURRENT,
              WAITING,
              MINIMUM_SECONDS,
              MAXIMUM_SECONDS,
              BATCH_SIZE,
              DecoderOptions.FFMPEG));

  private ServeOptions() {}

  /**
   * What a server does, from the user's settings.
   *
   * @param origin where a proxy serves the page
   * @param sampleRate that the model's features need, in hertz
   * @throws org.genrewise.jobs.cli.UserException if a value is out of its range
   */
  static ServeSettings settings(
      String host, int port, Optional<String> origin, Settings settings, int sampleRate) {
    return Settings.validated(
        () -> {
          ServeLimits limits =
              new ServeLimits(
                  (long) settings.value(MAX_MEGABYTES) * MEGABYTE,
                  settings.value(UPLOAD_LIMIT),
                  settings.value(TIME_LIMIT),
                  settings.value(CONCURRENT),
                  settings.value(WAITING));
          return new ServeSettings(
              host,
              port,
              origin.map(Origin::parse),
              limits,
              new DecoderOptions(
                  sampleRate,
                  settings.value(MINIMUM_SECONDS),
                  settings.value(MAXIMUM_SECONDS),
                  (int) Math.ceil(limits.workSeconds()),
                  settings.value(DecoderOptions.FFMPEG)),
              settings.value(BATCH_SIZE));
        });
  }
}
