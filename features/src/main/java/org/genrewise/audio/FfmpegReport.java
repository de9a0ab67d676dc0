package org.genrewise.audio;

import java.time.Duration;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What ffmpeg says about an input while it decodes it, at {@code -v level+info}. Keeps facts and
 * the first error, never tags.
 */
final class FfmpegReport {
  private static final Pattern LINE =
      Pattern.compile("(?:\\[[^\\[\\]]* @ 0x[0-9a-f]+\\] )*\\[(\\w+)\\] ?(.*)");
  private static final Pattern DURATION =
      Pattern.compile(" +Duration: (\\d+):(\\d\\d):(\\d\\d(?:\\.\\d+)?),.*");
  private static final Pattern STREAM = Pattern.compile(" *Stream #0:\\d+.*?: (Audio|Video): (.*)");

  private static final Pattern INPUT = Pattern.compile("Input #0, (\\w+).*");

  /**
   * Containers in which ffmpeg finds a second, Vorbis within 10 ms, all else to the sample. In ASF
   * and AVI it does not, nor in WAV that holds ADPCM. Measured by PiecesTest.
   */
  private static final Set<String> SOUGHT_EXACTLY =
      Set.of("aiff", "au", "caf", "flac", "matroska", "mov", "mp3", "ogg", "tta", "w64", "wv");

  /** The harmless name of the input, and the list of demuxers. */
  private static final Pattern NOISE = Pattern.compile("^file:input: | '[a-z0-9,]+'$");

  private static final int LONGEST_ERROR = 200;

  private final CountDownLatch inputTold = new CountDownLatch(1);
  private boolean opened;
  private boolean soughtExactly;
  private boolean outputBegun;
  private boolean noAudio;
  private boolean estimated;
  private double seconds = -1;
  private int audioStreams;
  private int videoStreams;
  private int errors;
  private String firstError = "";

  /** Takes a line. */
  synchronized void accept(String text) {
    Matcher line = LINE.matcher(text);
    if (!line.matches()) {
      return;
    }
    String level = line.group(1);
    String message = line.group(2);
    switch (level) {
      case "info" -> acceptFact(message);
      case "warning" -> estimated |= message.startsWith("Estimating duration from bitrate");
      case "error", "fatal", "panic" -> acceptError(message);
      default -> {}
    }
  }

  private void acceptFact(String message) {
    Matcher input = INPUT.matcher(message);
    if (input.matches()) {
      opened = true;
      soughtExactly = SOUGHT_EXACTLY.contains(input.group(1));
    }
    outputBegun |= message.startsWith("Stream mapping:") || message.startsWith("Output #0");
    if (outputBegun) {
      inputTold.countDown();
      return;
    }
    Matcher duration = DURATION.matcher(message);
    if (duration.matches()) {
      seconds =
          3600.0 * Long.parseLong(duration.group(1))
              + 60.0 * Long.parseLong(duration.group(2))
              + Double.parseDouble(duration.group(3));
    }
    Matcher stream = STREAM.matcher(message);
    if (stream.matches()) {
      if (stream.group(1).equals("Audio")) {
        audioStreams++;
      } else if (!stream.group(2).endsWith("(attached pic)")) {
        videoStreams++;
      }
    }
  }

  private void acceptError(String message) {
    noAudio |= message.contains("matches no streams");
    errors++;
    if (errors == 1) {
      String told = NOISE.matcher(message).replaceAll("");
      firstError = told.substring(0, Math.min(LONGEST_ERROR, told.length()));
    }
  }

  /** Waits until all is said about the input; false if that takes too long. */
  boolean awaitInput(Duration patience) {
    try {
      return inputTold.await(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Whether a demuxer recognised the input. */
  synchronized boolean opened() {
    return opened;
  }

  /** Whether the container is one in which seeking is exact. */
  synchronized boolean soughtExactly() {
    return soughtExactly;
  }

  /** Whether there is no audio stream. */
  synchronized boolean noAudio() {
    return noAudio;
  }

  synchronized int audioStreams() {
    return audioStreams;
  }

  synchronized int errors() {
    return errors;
  }

  /** The first error, cut to a line; empty if there was none. */
  synchronized String firstError() {
    return firstError;
  }

  /**
   * Length of the audio stream in seconds as the container tells it; empty where it does not, where
   * ffmpeg only guessed it from the bit rate, and where another stream may be the longest.
   */
  synchronized OptionalDouble claimedSeconds() {
    return seconds < 0 || estimated || audioStreams != 1 || videoStreams > 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(seconds);
  }
}
