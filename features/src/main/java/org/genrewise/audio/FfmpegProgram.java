package org.genrewise.audio;

import java.io.File;
import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import org.bytedeco.javacpp.Loader;

/**
 * An ffmpeg executable that has been started once and works.
 *
 * @param executable absolute path
 * @param version as it names itself
 * @param origin how it was found
 */
record FfmpegProgram(Path executable, String version, String origin) {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final int MOST_OUTPUT = 1 << 14;
  private static final Pattern VERSION = Pattern.compile("ffmpeg version (\\S+)");

  /** The executable and the libraries it needs, without those that let Java call them. */
  private static final Pattern BUNDLED =
      Pattern.compile(".*/(ffmpeg|lib(?!jni)[^/]*\\.so\\.[0-9]+)");

  private static final String REMEDY =
      "install ffmpeg (Debian: apt-get install ffmpeg), or, for the bundled executable, the"
          + " libraries it needs (Debian: apt-get install libxcb1 libxcb-shm0 libxcb-shape0"
          + " libxcb-xfixes0 libasound2), or set the path of an ffmpeg executable";

  /**
   * Finds the executable: the configured one, and no other then; else the one on the {@code PATH};
   * else the one of {@code org.bytedeco:ffmpeg}, which JavaCPP extracts to its cache folder ({@code
   * org.bytedeco.javacpp.cachedir}).
   *
   * @throws AudioException of kind DECODER_UNAVAILABLE if none can be started, with the reasons
   */
  static FfmpegProgram find(Optional<Path> configured) throws AudioException {
    List<String> reasons = new ArrayList<>();
    try {
      if (configured.isPresent()) {
        return start(configured.get(), "configured");
      }
      Optional<Path> onPath = onPath();
      if (onPath.isPresent()) {
        try {
          return start(onPath.get(), "on the PATH");
        } catch (IOException e) {
          reasons.add(e.getMessage());
        }
      } else {
        reasons.add("no ffmpeg on the PATH");
      }
      return start(bundled(), "of org.bytedeco:ffmpeg");
    } catch (LinkageError | RuntimeException e) {
      throw unavailable(reasons, "the bundled ffmpeg cannot be extracted: " + e, e);
    } catch (IOException e) {
      throw unavailable(reasons, e.getMessage(), e);
    }
  }

  private static AudioException unavailable(
      List<String> reasons, String lastReason, Throwable cause) {
    reasons.add(lastReason);
    return new AudioException(
        AudioException.Kind.DECODER_UNAVAILABLE,
        "no ffmpeg can be started: %s; %s".formatted(String.join("; ", reasons), REMEDY),
        cause);
  }

  /** For the first lines of a run. */
  String description() {
    return "ffmpeg %s %s (%s)".formatted(version, origin, executable);
  }

  private static Optional<Path> onPath() {
    String path = System.getenv("PATH");
    for (String folder : path == null ? new String[0] : path.split(File.pathSeparator)) {
      try {
        Path candidate = Path.of(folder).resolve("ffmpeg");
        if (candidate.isAbsolute()
            && Files.isRegularFile(candidate)
            && Files.isExecutable(candidate)) {
          return Optional.of(candidate);
        }
      } catch (InvalidPathException e) {
        // Not a folder, so nothing is in it.
      }
    }
    return Optional.empty();
  }

  /**
   * Extracts the executable with its libraries. They are not loaded into this JVM, as {@code
   * Loader.load} would do.
   */
  private static Path bundled() throws IOException {
    String folder = "org/bytedeco/ffmpeg/" + Loader.getPlatform() + "/";
    URL executable = org.bytedeco.ffmpeg.ffmpeg.class.getResource("/" + folder + "ffmpeg");
    if (executable == null
        || !(executable.openConnection() instanceof JarURLConnection connection)) {
      throw new IOException("no ffmpeg is bundled for " + Loader.getPlatform());
    }
    List<String> parts =
        connection.getJarFile().stream()
            .map(ZipEntry::getName)
            .filter(name -> BUNDLED.matcher(name).matches() && name.startsWith(folder))
            .toList();
    for (String part : parts) {
      Loader.cacheResource(org.bytedeco.ffmpeg.ffmpeg.class, "/" + part);
    }
    File file = Loader.cacheResource(executable);
    if (!file.canExecute() && !file.setExecutable(true)) {
      throw new IOException(file + " cannot be made executable");
    }
    return file.toPath();
  }

  private static FfmpegProgram start(Path executable, String origin) throws IOException {
    StringBuilder messages = new StringBuilder();
    Path absolute = executable.toAbsolutePath();
    try (WorkingDirectory directory = new WorkingDirectory();
        ChildProcess process =
            new ChildProcess(
                List.of(absolute.toString(), "-version"),
                directory.folder(),
                new TimeBudget(TIMEOUT),
                line -> messages.append(line).append(' '))) {
      String output =
          new String(process.output().readNBytes(MOST_OUTPUT), StandardCharsets.US_ASCII);
      int exitCode = process.exitCode();
      Matcher version = VERSION.matcher(output);
      if (exitCode != 0 || !version.lookingAt()) {
        throw new IOException(
            "%s does not start (exit code %d): %s"
                .formatted(absolute, exitCode, messages.toString().strip()));
      }
      return new FfmpegProgram(absolute, version.group(1), origin);
    }
  }
}
