package org.genrewise.audio;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * The first audio stream of a file, decoded by ffmpeg in a child process: whatever a hostile file
 * does to the decoder, this JVM goes on. ffmpeg neither mixes nor resamples.
 */
final class FfmpegSource implements SampleSource {
  /** What holds audio by itself. Playlists and scripts, which name other files, are not here. */
  private static final String DEMUXERS =
      "aac,ac3,aiff,amr,ape,asf,au,avi,caf,dsf,dts,dtshd,eac3,flac,flv,iff,matroska,webm,mov,mp4,"
          + "mp3,mpc,mpc8,mpeg,mpegts,ogg,oma,rm,shn,tak,tta,voc,w64,wav,wv";

  /** Exit codes of what a signal ended: 128 and its number. */
  private static final int KILLED = 128 + 9;

  private static final int CPU_TIME_EXCEEDED = 128 + 24;

  /** SIGILL, SIGABRT, SIGBUS, SIGFPE, SIGSEGV. */
  private static final Set<Integer> CRASHES = Set.of(128 + 4, 128 + 6, 128 + 7, 128 + 8, 128 + 11);

  /** How long to wait for what was said before the first sample came. */
  private static final Duration REPORTING = Duration.ofSeconds(2);

  private final String name;
  private final ChildProcess process;
  private final FfmpegReport report;
  private final WavSource output;
  private final boolean whole;

  private FfmpegSource(
      String name, ChildProcess process, FfmpegReport report, WavSource output, boolean whole) {
    this.name = name;
    this.process = process;
    this.report = report;
    this.output = output;
    this.whole = whole;
  }

  /**
   * Starts decoding all.
   *
   * @param budget how long to wait for it
   * @param name what messages call the input
   * @param folder holds the input, under its harmless name
   */
  static FfmpegSource whole(FfmpegProgram program, TimeBudget budget, String name, Path folder)
      throws AudioException {
    return open(program, budget, name, folder, List.of());
  }

  /** Starts decoding some seconds from a second on. */
  static FfmpegSource piece(
      FfmpegProgram program,
      TimeBudget budget,
      String name,
      Path folder,
      long startSecond,
      long seconds)
      throws AudioException {
    List<String> where = List.of("-ss", Long.toString(startSecond), "-t", Long.toString(seconds));
    return open(program, budget, name, folder, where);
  }

  private static FfmpegSource open(
      FfmpegProgram program, TimeBudget budget, String name, Path folder, List<String> where)
      throws AudioException {
    FfmpegReport report = new FfmpegReport();
    ChildProcess process = null;
    try {
      process = new ChildProcess(command(program, where), folder, budget, report::accept);
      Optional<WavSource> output = WavSource.open(name, process.output());
      if (output.isPresent()) {
        return new FfmpegSource(name, process, report, output.get(), where.isEmpty());
      }
      throw failure(name, process, report);
    } catch (IOException e) {
      AudioException failure =
          process != null && process.timedOut()
              ? failure(name, process, report)
              : new AudioException(
                  AudioException.Kind.IO, "%s: ffmpeg: %s".formatted(name, e.getMessage()), e);
      close(process);
      throw failure;
    } catch (AudioException e) {
      close(process);
      throw e;
    }
  }

  private static List<String> command(FfmpegProgram program, List<String> where) {
    List<String> command = new ArrayList<>();
    command.add(program.executable().toString());
    command.addAll(List.of("-hide_banner", "-nostdin", "-nostats", "-v", "level+info"));
    command.addAll(List.of("-threads", "1"));
    command.addAll(List.of("-protocol_whitelist", "file", "-format_whitelist", DEMUXERS));
    command.addAll(where);
    command.addAll(List.of("-i", "file:" + WorkingDirectory.INPUT));
    command.addAll(List.of("-map", "0:a:0", "-vn", "-sn", "-dn", "-map_metadata", "-1"));
    // Unflushed, it writes a quarter as often: a sixth less processor time.
    command.addAll(List.of("-c:a", "pcm_f32le", "-flush_packets", "0", "-f", "wav", "pipe:1"));
    return command;
  }

  /**
   * Length in seconds by the header, see {@link FfmpegReport#claimedSeconds}; also empty where
   * pieces would not be where they are wanted.
   */
  OptionalDouble claimedSeconds() {
    // It was told before the first sample, but another thread may not have read it yet.
    return report.awaitInput(REPORTING) && report.soughtExactly()
        ? report.claimedSeconds()
        : OptionalDouble.empty();
  }

  @Override
  public int sampleRate() {
    return output.sampleRate();
  }

  @Override
  public int channels() {
    return output.channels();
  }

  @Override
  public int read(float[] interleaved) throws AudioException {
    try {
      return output.read(interleaved);
    } catch (AudioException e) {
      throw process.timedOut() ? failure(name, process, report) : e;
    }
  }

  @Override
  public List<String> verify(long frames) throws AudioException {
    int exitCode = process.exitCode();
    if (exitCode != 0) {
      throw failure(name, process, report);
    }
    List<String> warnings = new ArrayList<>();
    double decoded = (double) frames / sampleRate();
    OptionalDouble claimed = report.claimedSeconds();
    if (whole && claimed.isPresent()) {
      warnings.addAll(Completeness.verify(name, decoded, claimed.getAsDouble()));
    }
    if (report.audioStreams() > 1) {
      warnings.add("the first of %d audio streams was taken".formatted(report.audioStreams()));
    }
    if (report.errors() > 0) {
      warnings.add(
          "the decoder met %d errors, the first: %s"
              .formatted(report.errors(), report.firstError()));
    }
    return warnings;
  }

  @Override
  public void close() {
    process.close();
  }

  private static void close(ChildProcess process) {
    if (process != null) {
      process.close();
    }
  }

  private static AudioException failure(String name, ChildProcess process, FfmpegReport report) {
    int exitCode = process.exitCode();
    boolean silent = report.errors() == 0;
    if (process.timedOut() || exitCode == CPU_TIME_EXCEEDED) {
      return new AudioException(
          AudioException.Kind.TIMEOUT, name + ": decoding takes longer than the settings allow");
    }
    if (exitCode == KILLED) {
      return new AudioException(AudioException.Kind.IO, name + ": the system killed the decoder");
    }
    if (report.noAudio()) {
      return new AudioException(
          AudioException.Kind.NO_AUDIO_STREAM, name + ": a media file without an audio stream");
    }
    if (!report.opened() && !silent) {
      return new AudioException(
          AudioException.Kind.NOT_AUDIO,
          "%s: no decoder accepts it (ffmpeg: %s)".formatted(name, report.firstError()));
    }
    if (report.opened() && exitCode == 0) {
      return new AudioException(
          AudioException.Kind.EMPTY_AUDIO, name + ": an audio stream without samples");
    }
    if (report.opened() || CRASHES.contains(exitCode)) {
      return new AudioException(
          AudioException.Kind.CORRUPT,
          "%s: decoding broke off (ffmpeg: exit code %d%s)"
              .formatted(name, exitCode, silent ? "" : ", " + report.firstError()));
    }
    return new AudioException(
        AudioException.Kind.DECODER_UNAVAILABLE,
        "%s: ffmpeg cannot be started (exit code %d)".formatted(name, exitCode));
  }
}
