package org.genrewise.corpus;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Renders pieces on all cores in a JVM of its own, which needs options that the caller's JVM may
 * not have ({@link Synthesizer}), and whose home and preferences are empty folders, so that nothing
 * on this machine changes the sound and nothing is left behind.
 */
final class Renderer {

  private Renderer() {}

  /**
   * Renders pieces to WAV files, 16 bit, mono, {@link Corpus#SAMPLE_RATE}. Each file appears whole
   * or not at all.
   *
   * @param scores MIDI files by their name, relative, ending in ".mid"
   * @param output folder of the WAV files
   * @param samples length of each
   * @param finished hears the relative name of each WAV file
   * @throws IOException when a piece cannot be rendered or written
   */
  static void render(Map<Path, byte[]> scores, Path output, long samples, Consumer<Path> finished)
      throws IOException {
    Path work = Files.createTempDirectory("genrewise-corpus");
    try {
      Path folder = work.resolve("scores");
      for (Map.Entry<Path, byte[]> score : scores.entrySet()) {
        Path file = folder.resolve(score.getKey());
        Files.createDirectories(file.getParent());
        Files.write(file, score.getValue());
      }
      run(command(work, folder, output, samples), work.resolve("errors"), finished);
    } finally {
      delete(work);
    }
  }

  /** The name of the WAV file of a score. */
  static Path audioName(Path score) {
    String name = score.getFileName().toString();
    return score.resolveSibling(name.substring(0, name.lastIndexOf('.')) + ".wav");
  }

  private static List<String> command(Path work, Path scores, Path output, long samples) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        Synthesizer.OPEN_PACKAGE,
        "-Djava.awt.headless=true",
        "-Duser.home=" + work,
        "-Djava.util.prefs.userRoot=" + work,
        "-cp",
        ownClasses().toString(),
        RenderProcess.class.getName(),
        scores.toString(),
        output.toAbsolutePath().toString(),
        Long.toString(samples));
  }

  /** The jar or folder that this class comes from; the rendering JVM needs nothing else. */
  private static Path ownClasses() {
    try {
      return Path.of(Renderer.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException("cannot find the classes of the renderer", e);
    }
  }

  private static void run(List<String> command, Path errors, Consumer<Path> finished)
      throws IOException {
    Process process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        finished.accept(Path.of(line));
      }
      int status = process.waitFor();
      if (status != 0) {
        throw new IOException(
            "the rendering process ended with status %s: %s"
                .formatted(status, Files.readString(errors).strip()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while rendering");
    } finally {
      process.destroyForcibly();
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
