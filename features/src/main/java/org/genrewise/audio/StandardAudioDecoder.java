package org.genrewise.audio;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Decodes uncompressed WAV by itself and everything else with ffmpeg in a child process. The
 * content decides, never the name. ffmpeg is looked for when it is first needed. Thread-safe; one
 * for a JVM is enough.
 */
public final class StandardAudioDecoder implements AudioDecoder {
  /** How much of a stream can be read again without opening it again. */
  private static final int KEPT_BYTES = 1 << 16;

  private final DecoderSettings settings;
  private FfmpegProgram program;
  private String unavailable;

  public StandardAudioDecoder(DecoderSettings settings) {
    this.settings = settings;
  }

  @Override
  public AudioStream open(Path file) throws AudioException {
    return decoded(file.toString(), file).only();
  }

  @Override
  public AudioStream open(String name, ByteSource bytes) throws AudioException {
    return decoded(name, bytes).only();
  }

  @Override
  public AudioPieces pieces(Path file) {
    return decoded(file.toString(), file);
  }

  @Override
  public AudioPieces pieces(String name, Path file) {
    return decoded(name, file);
  }

  @Override
  public AudioPieces pieces(String name, ByteSource bytes) {
    return decoded(name, bytes);
  }

  private DecodedPieces decoded(String name, Path file) {
    String printable = printable(name);
    return new DecodedPieces(
        printable,
        settings,
        () -> {
          requireReadable(printable, file);
          return openInput(
              printable,
              () -> Files.newInputStream(file),
              (directory, start) -> directory.link(file));
        });
  }

  private DecodedPieces decoded(String name, ByteSource bytes) {
    String printable = printable(name);
    return new DecodedPieces(
        printable,
        settings,
        () ->
            openInput(
                printable, bytes, (directory, start) -> spool(printable, directory, start, bytes)));
  }

  /** Looks for ffmpeg, if that has not been done, and tells what was found. */
  @Override
  public String description() {
    try {
      return "WAV: built in; other audio: " + program().description();
    } catch (AudioException e) {
      return "WAV: built in; other audio: none, " + e.getMessage();
    }
  }

  private SampleInput openInput(String name, ByteSource bytes, InputMaker maker)
      throws AudioException {
    try {
      InputStream start = buffered(bytes);
      boolean kept = false;
      try {
        start.mark(KEPT_BYTES);
        Optional<WavSource> wav = WavSource.open(name, start);
        if (wav.isPresent()) {
          kept = true;
          return new WavInput(name, wav.get(), () -> reopenWav(name, bytes));
        }
        return openWithFfmpeg(name, start, maker);
      } finally {
        if (!kept) {
          Closing.quietly(start);
        }
      }
    } catch (IOException e) {
      throw new AudioException(
          AudioException.Kind.IO, "%s: reading failed: %s".formatted(name, e.getMessage()), e);
    }
  }

  private static WavSource reopenWav(String name, ByteSource bytes) throws IOException {
    InputStream start = buffered(bytes);
    Optional<WavSource> wav = WavSource.open(name, start);
    if (wav.isEmpty()) {
      Closing.quietly(start);
      throw new IOException("it changed while it was read");
    }
    return wav.get();
  }

  private static InputStream buffered(ByteSource bytes) throws IOException {
    return new BufferedInputStream(bytes.open(), KEPT_BYTES);
  }

  private SampleInput openWithFfmpeg(String name, InputStream start, InputMaker maker)
      throws IOException, AudioException {
    FfmpegProgram ffmpeg = program();
    WorkingDirectory directory = new WorkingDirectory();
    try {
      maker.make(directory, start);
    } catch (IOException | AudioException e) {
      Closing.quietly(directory);
      throw e;
    }
    return new FfmpegInput(ffmpeg, settings, name, directory);
  }

  /** Copies to a file: only a file can be sought, and shows how long it is. */
  private void spool(String name, WorkingDirectory directory, InputStream start, ByteSource bytes)
      throws IOException, AudioException {
    long size;
    try (InputStream stream = rewound(start, bytes)) {
      size = directory.copy(stream, settings.maximumSpoolBytes());
    }
    if (size == 0) {
      throw new AudioException(AudioException.Kind.EMPTY_FILE, name + ": no bytes");
    }
    if (size > settings.maximumSpoolBytes()) {
      throw new AudioException(
          AudioException.Kind.TOO_LONG,
          "%s: more than the %d bytes that the settings allow"
              .formatted(name, settings.maximumSpoolBytes()));
    }
  }

  private static InputStream rewound(InputStream start, ByteSource bytes) throws IOException {
    try {
      start.reset();
      return start;
    } catch (IOException e) {
      // A WAV header longer than what is kept, and then no PCM.
      return bytes.open();
    }
  }

  private static void requireReadable(String name, Path file) throws AudioException {
    if (Files.isDirectory(file)) {
      throw Files.isReadable(file)
          ? new AudioException(AudioException.Kind.IS_DIRECTORY, name + ": a directory")
          : new AudioException(
              AudioException.Kind.UNREADABLE, name + ": a directory that may not be listed");
    }
    if (!Files.exists(file)) {
      throw new AudioException(
          AudioException.Kind.NOT_FOUND,
          name + (Files.isSymbolicLink(file) ? ": a link to nothing" : ": no such file"));
    }
    if (!Files.isRegularFile(file)) {
      throw new AudioException(
          AudioException.Kind.NOT_AUDIO, name + ": a device or pipe, not a file");
    }
    if (!Files.isReadable(file)) {
      throw new AudioException(AudioException.Kind.UNREADABLE, name + ": may not be read");
    }
    try {
      if (Files.size(file) == 0) {
        throw new AudioException(AudioException.Kind.EMPTY_FILE, name + ": no bytes");
      }
    } catch (NoSuchFileException e) {
      throw new AudioException(AudioException.Kind.NOT_FOUND, name + ": no such file", e);
    } catch (AccessDeniedException e) {
      throw new AudioException(AudioException.Kind.UNREADABLE, name + ": may not be read", e);
    } catch (IOException e) {
      throw new AudioException(
          AudioException.Kind.IO, "%s: reading failed: %s".formatted(name, e.getMessage()), e);
    }
  }

  private synchronized FfmpegProgram program() throws AudioException {
    if (program == null && unavailable == null) {
      try {
        program = FfmpegProgram.find(settings.ffmpeg());
      } catch (AudioException e) {
        unavailable = e.getMessage();
      }
    }
    if (unavailable != null) {
      throw new AudioException(AudioException.Kind.DECODER_UNAVAILABLE, unavailable);
    }
    return program;
  }

  /** File names may hold line breaks and worse. */
  private static String printable(String name) {
    return name.replaceAll("\\p{Cntrl}", "?");
  }

  /** Puts the input where ffmpeg finds it. */
  @FunctionalInterface
  private interface InputMaker {
    void make(WorkingDirectory directory, InputStream start) throws IOException, AudioException;
  }
}
