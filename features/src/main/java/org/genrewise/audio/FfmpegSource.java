package org.genrewise.audio;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The first audio stream of a file, decoded by ffmpeg in a child process: whatever a hostile file
 * does to the decoder, this JVM goes on. ffmpeg neither mixes nor resamples.
 */
final class FfmpegSource implements SampleSource {
  /** What holds audio by itself. Playlists and scripts, which name other files, are not here. */
  private static final String DEMUXERS =
      "aac,ac3,aiff,amr,ape,asf,au,avi,caf,dsf,dts,dtshd,eac3,flac,flv,iff,matroska,webm,mov,mp4,"
          + "mp3,mpc,mpc8,mpeg,mpegts,ogg,oma,rm,shn,tak,tta,voc,w64,wav,wv";

  private static final int SIGNALS = 128;

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
      close(process, directory);
      throw new AudioException(
          AudioException.Kind.IO, "%s: ffmpeg: %s".formatted(name, e.getMessage()), e);
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
    command.addAll(List.of("-c:a", "pcm_f32le", "-f", "wav", "pipe:1"));
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
    return output.read(interleaved);
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
    if (process.timedOut()) {
      return new AudioException(
          AudioException.Kind.TIMEOUT, name + ": decoding takes longer than the settings allow");
    }
    if (exitCode == 126 || exitCode == 127) {
      return new AudioException(
          AudioException.Kind.DECODER_UNAVAILABLE,
          name + ": ffmpeg can no longer be started (exit code %d)".formatted(exitCode));
    }
    if (report.noAudio()) {
      return new AudioException(
          AudioException.Kind.NO_AUDIO_STREAM, name + ": a media file without an audio stream");
    }
    if (exitCode > SIGNALS) {
      return new AudioException(
          AudioException.Kind.CORRUPT,
          "%s: it crashed the decoder (signal %d)".formatted(name, exitCode - SIGNALS));
    }
    if (!report.opened()) {
      return new AudioException(
          AudioException.Kind.NOT_AUDIO,
          "%s: no decoder recognises it (ffmpeg: %s)".formatted(name, report.firstError()));
    }
    if (exitCode == 0) {
      return new AudioException(
          AudioException.Kind.EMPTY_AUDIO, name + ": an audio stream without samples");
    }
    return new AudioException(
        AudioException.Kind.CORRUPT,
        "%s: decoding broke off (ffmpeg: %s)".formatted(name, report.firstError()));
  }
}
