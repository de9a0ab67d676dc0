package org.genrewise.jobs.testing;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.genrewise.jobs.Genrewise;

/** A verb in a JVM of its own, with the class path and the options of this one. */
public final class VerbProcess implements AutoCloseable {
  private final Process process;
  private final Path log;

  private VerbProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /**
   * Starts a verb.
   *
   * @param log takes all that it prints
   * @param options of the JVM, over those of this one
   * @param arguments the verb's name first
   */
  public static VerbProcess start(Path log, List<String> options, List<String> arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(Genrewise.class.getName());
    command.addAll(arguments);
    return new VerbProcess(
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start(),
        log);
  }

  /**
   * The command line of label.
   *
   * @param more appended
   */
  public static List<String> label(Path audio, String model, Path output, String... more) {
    List<String> arguments = new ArrayList<>(List.of("label", "--input", audio.toString()));
    arguments.addAll(List.of("--model", model, "--output", output.toString()));
    arguments.addAll(List.of(more));
    return arguments;
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** As kill -9 does. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Its exit code, once it has ended; fails after some minutes. */
  public int await() throws InterruptedException {
    if (!process.waitFor(8, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      throw new AssertionError("it did not end: " + text());
    }
    return process.exitValue();
  }

  /** What it has printed. */
  public String text() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      return e.toString();
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
