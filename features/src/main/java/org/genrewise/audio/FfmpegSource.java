package org.genrewise.audio;

import java.io.IOException;
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

  private final String name;
  private final WorkingDirectory directory;
  private final ChildProcess process;
  private final FfmpegReport report;
  private final WavSource output;

  private FfmpegSource(
      String name,
      WorkingDirectory directory,
      ChildProcess process,
      FfmpegReport report,
      WavSource output) {
    this.name = name;
    this.directory = directory;
    this.process = process;
    this.report = report;
    this.output = output;
  }

  /**
   * Starts decoding.
   *
   * @param name what messages call the input
   * @param directory holds the input; the source closes it, also when this fails
   */
  static FfmpegSource open(
      FfmpegProgram program, DecoderSettings settings, String name, WorkingDirectory directory)
      throws AudioException {
    FfmpegReport report = new FfmpegReport();
    ChildProcess process = null;
    try {
      process =
          new ChildProcess(
              command(program), directory.folder(), settings.timeout(), report::accept);
      Optional<WavSource> output = WavSource.open(name, process.output());
      if (output.isPresent()) {
        return new FfmpegSource(name, directory, process, report, output.get());
      }
      throw failure(name, process, report);
    } catch (IOException e) {
      AudioException failure =
          process != null && process.timedOut()
              ? failure(name, process, report)
              : new AudioException(
                  AudioException.Kind.IO, "%s: ffmpeg: %s".formatted(name, e.getMessage()), e);
      close(process, directory);
      throw failure;
    } catch (AudioException e) {
      close(process, directory);
      throw e;
    }
  }

  private static List<String> command(FfmpegProgram program) {
    List<String> command = new ArrayList<>();
    command.add(program.executable().toString());
    command.addAll(List.of("-hide_banner", "-nostdin", "-nostats", "-v", "level+info"));
    command.addAll(List.of("-threads", "1"));
    command.addAll(List.of("-protocol_whitelist", "file", "-format_whitelist", DEMUXERS));
    command.addAll(List.of("-i", "file:" + WorkingDirectory.INPUT));
    command.addAll(List.of("-map", "0:a:0", "-vn", "-sn", "-dn", "-map_metadata", "-1"));
    // Unflushed, it writes a quarter as often: a sixth less processor time.
    command.addAll(List.of("-c:a", "pcm_f32le", "-flush_packets", "0", "-f", "wav", "pipe:1"));
    return command;
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
    if (claimed.isPresent()) {
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
    close(process, directory);
  }

  private static void close(ChildProcess process, WorkingDirectory directory) {
    if (process != null) {
      process.close();
    }
    Closing.quietly(directory);
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
