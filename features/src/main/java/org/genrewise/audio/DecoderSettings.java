package org.genrewise.audio;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * What a decoder accepts and gives.
 *
 * @param sampleRate of the samples it gives, in hertz, 1000 to 192000 (default 22050)
 * @param minimumSeconds shortest audio accepted, in seconds, at least 0 (default 3)
 * @param maximumSeconds longest audio accepted, in seconds (default 6 hours)
 * @param timeout how long a reader may wait for one file's decoder in all, the reader's own work
 *     between the reads left out (default 5 minutes)
 * @param maximumSpoolBytes largest stream that is copied to a temporary file, in bytes (default 4
 *     GiB). Local files, and PCM in WAV from anywhere, are never copied.
 * @param ffmpeg the ffmpeg executable; when empty (the default) the one on the {@code PATH}, else
 *     the one that comes with {@code org.bytedeco:ffmpeg}
 */
public record DecoderSettings(
    int sampleRate,
    double minimumSeconds,
    double maximumSeconds,
    Duration timeout,
    long maximumSpoolBytes,
    Optional<Path> ffmpeg) {

  public static final DecoderSettings DEFAULT =
      new DecoderSettings(22_050, 3, 6 * 3600, Duration.ofMinutes(5), 4L << 30, Optional.empty());

  public DecoderSettings {
    require(
        sampleRate >= 1000 && sampleRate <= 192_000,
        "sample rate must be 1000 to 192000 Hz, not " + sampleRate);
    require(minimumSeconds >= 0, "minimum seconds must be at least 0, not " + minimumSeconds);
    require(
        maximumSeconds > minimumSeconds && Double.isFinite(maximumSeconds),
        "maximum seconds must be finite and above the minimum of %s, not %s"
            .formatted(minimumSeconds, maximumSeconds));
    require(!timeout.isNegative() && !timeout.isZero(), "timeout must be positive, not " + timeout);
    require(
        maximumSpoolBytes > 0, "maximum spool bytes must be positive, not " + maximumSpoolBytes);
  }

  public DecoderSettings withSampleRate(int hertz) {
    return new DecoderSettings(
        hertz, minimumSeconds, maximumSeconds, timeout, maximumSpoolBytes, ffmpeg);
  }

  /** The same with other bounds of the length, in seconds. */
  public DecoderSettings withSeconds(double minimum, double maximum) {
    return new DecoderSettings(sampleRate, minimum, maximum, timeout, maximumSpoolBytes, ffmpeg);
  }

  public DecoderSettings withTimeout(Duration duration) {
    return new DecoderSettings(
        sampleRate, minimumSeconds, maximumSeconds, duration, maximumSpoolBytes, ffmpeg);
  }

  public DecoderSettings withMaximumSpoolBytes(long bytes) {
    return new DecoderSettings(sampleRate, minimumSeconds, maximumSeconds, timeout, bytes, ffmpeg);
  }

  public DecoderSettings withFfmpeg(Path executable) {
    return new DecoderSettings(
        sampleRate,
        minimumSeconds,
        maximumSeconds,
        timeout,
        maximumSpoolBytes,
        Optional.of(executable));
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new IllegalArgumentException(message);
    }
  }
}
