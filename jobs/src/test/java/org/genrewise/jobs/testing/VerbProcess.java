package org.genrewise.jobs.testing;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
    return start(log, Map.of(), options, Genrewise.class, arguments);
  }

  /**
   * Starts a program.
   *
   * @param log takes all that it prints
   * @param environment variables, over those of this process
   * @param options of the JVM, over those of this one
   * @param program has the method main
   */
  public static VerbProcess start(
      Path log,
      Map<String, String> environment,
      List<String> options,
      Class<?> program,
      List<String> arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(program.getName());
    command.addAll(arguments);
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().putAll(environment);
    return new VerbProcess(builder.start(), log);
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

  public long pid() {
    return process.pid();
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
