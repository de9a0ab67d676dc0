package org.genrewise.jobs.track;

import java.io.Serializable;
import java.nio.file.Path;
import java.time.Duration;
import org.genrewise.audio.DecoderSettings;
import org.genrewise.jobs.settings.Setting;

/**
 * The user's choices for decoding, as they travel to the executors.
 *
 * @param sampleRate in hertz
 * @param minimumSeconds shorter audio is refused
 * @param maximumSeconds longer audio is refused
 * @param timeLimitSeconds for one file
 * @param ffmpeg path of the executable; empty for the default search
 */
public record DecoderOptions(
    int sampleRate,
    double minimumSeconds,
    double maximumSeconds,
    int timeLimitSeconds,
    String ffmpeg)
    implements Serializable {

  /** The same in every verb that decodes. */
  public static final Setting<String> FFMPEG =
      Setting.text(
          "ffmpeg",
          "",
          "path",
          "the ffmpeg executable; empty: the one on the PATH, else the one in the jar");

  public DecoderOptions {
    // Made here so that a value out of its range is refused before the work starts.
    settings(sampleRate, minimumSeconds, maximumSeconds, timeLimitSeconds, ffmpeg);
  }

  /** Which lengths are accepted, as text. */
  public String limits() {
    return "%s to %s s".formatted(minimumSeconds, maximumSeconds);
  }

  DecoderSettings settings() {
    return settings(sampleRate, minimumSeconds, maximumSeconds, timeLimitSeconds, ffmpeg);
  }

  private static DecoderSettings settings(
      int sampleRate, double minimum, double maximum, int timeLimit, String ffmpeg) {
    DecoderSettings settings =
        DecoderSettings.DEFAULT
            .withSampleRate(sampleRate)
            .withSeconds(minimum, maximum)
            .withTimeout(Duration.ofSeconds(timeLimit));
    return ffmpeg.isEmpty() ? settings : settings.withFfmpeg(Path.of(ffmpeg));
  }
}
