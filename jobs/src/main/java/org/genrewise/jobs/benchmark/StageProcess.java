package org.genrewise.jobs.benchmark;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.genrewise.check.ChildJvm;
import org.genrewise.check.JsonFile;
import org.genrewise.device.DeviceChoice;
import org.genrewise.jobs.cli.ExitCode;
import org.genrewise.network.Precision;

/**
 * Runs a stage in a JVM of its own, with this one's class path and options.
 *
 * @param folder that all stages share
 * @param progress takes the stage's lines for the user
 */
record StageProcess(Path folder, Consumer<String> progress) {
  private static final int KEPT_LINES = 60;

  /** How a stage's process tells a fault. */
  private static final String FAULT = StageCommand.NAME + ": ";

  /**
   * Runs a stage to its end.
   *
   * @return what it found
   * @throws StageFailedException if it failed
   */
  Map<String, Object> run(String stage, DeviceChoice device, Precision precision)
      throws IOException, StageFailedException {
    Path result = StageFiles.result(folder);
    Files.deleteIfExists(result);
    Process process =
        new ProcessBuilder(
                ChildJvm.command(
                    StageCommand.class,
                    folder.resolve(stage + ".crash"),
                    List.of(folder.toString(), stage, device.text(), precision.name())))
            .redirectErrorStream(true)
            .start();
    try {
      String said = listen(process);
      int code = process.waitFor();
      if (code != ExitCode.DONE) {
        throw failure(code, said);
      }
      return JsonFile.read(result);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while the stage " + stage + " ran");
    } finally {
      ChildJvm.kill(process);
    }
  }

  private static StageFailedException failure(int code, String said) {
    int fault = said.lastIndexOf("\n" + FAULT);
    if (code == ExitCode.USER && fault >= 0) {
      return new StageFailedException(said.substring(fault + 1 + FAULT.length()).strip(), true);
    }
    return new StageFailedException(
        "its process ended with exit code %d and said:%s".formatted(code, said), false);
  }

  /** Hears a process until its end; returns the last lines that were not progress. */
  private String listen(Process process) throws IOException {
    Deque<String> said = new ArrayDeque<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith(StageCommand.PROGRESS)) {
          progress.accept(line.substring(StageCommand.PROGRESS.length()));
        } else {
          said.add(line);
          if (said.size() > KEPT_LINES) {
            said.remove();
          }
        }
      }
    }
    return "\n" + String.join("\n", said);
  }
}
