package org.genrewise.jobs.extract;

import java.util.List;
import org.genrewise.cqt.CqtSettings;
import org.genrewise.extraction.FeatureSettings;
import org.genrewise.jobs.settings.Setting;
import org.genrewise.jobs.settings.Settings;
import org.genrewise.jobs.settings.SettingsSchema;

/** The settings that features are made with, as users name them. */
public final class FeatureOptions {
  private static final Setting<Integer> SAMPLE_RATE =
      Setting.whole(
          "sample-rate",
          CqtSettings.DEFAULT.sampleRate(),
          "Hz",
          "rate that all audio is resampled to");
  private static final Setting<Integer> HOP_LENGTH =
      Setting.whole(
          "hop-length", CqtSettings.DEFAULT.hopLength(), "samples", "from frame to frame");
  private static final Setting<Double> FMIN =
      Setting.number(
          "fmin", CqtSettings.DEFAULT.fmin(), "Hz", "centre frequency of the lowest bin (C1)");
  private static final Setting<Integer> BINS =
      Setting.whole("bins", CqtSettings.DEFAULT.bins(), "bins", "frequency bins");
  private static final Setting<Integer> BINS_PER_OCTAVE =
      Setting.whole(
          "bins-per-octave", CqtSettings.DEFAULT.binsPerOctave(), "bins", "bins in an octave");
  private static final Setting<Double> SLICE_SECONDS =
      Setting.number(
          "slice-seconds", FeatureSettings.DEFAULT_SLICE_SECONDS, "s", "length of a slice");

  public static final SettingsSchema SCHEMA =
      new SettingsSchema(
          List.of(SAMPLE_RATE, HOP_LENGTH, FMIN, BINS, BINS_PER_OCTAVE, SLICE_SECONDS));

  private FeatureOptions() {}

  /**
   * The features that the user asks for.
   *
   * @throws org.genrewise.jobs.cli.UserException if they are impossible
   */
  public static FeatureSettings of(Settings settings) {
    return Settings.validated(
        () ->
            new FeatureSettings(
                new CqtSettings(
                    settings.value(SAMPLE_RATE),
                    settings.value(HOP_LENGTH),
                    settings.value(FMIN),
                    settings.value(BINS),
                    settings.value(BINS_PER_OCTAVE)),
                settings.value(SLICE_SECONDS)));
  }
}
