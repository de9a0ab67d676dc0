package org.genrewise.audio;

import java.io.File;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A child process on a short leash. It gets a clean environment and an empty standard input. It may
 * map {@link #MEMORY_KIBIBYTES} of memory, write no file, and use no more processor time than its
 * budget, all of which the system enforces even when this JVM is gone. Waiting for its output
 * beyond the budget kills it. Its messages are read to their end, in lines of bounded length.
 */
final class ChildProcess implements AutoCloseable {
  private static final int MEMORY_KIBIBYTES = 2 << 20;
  private static final int LONGEST_LINE = 1000;
  private static final Duration REAPING = Duration.ofSeconds(10);

  /** Fixed text: the command comes as arguments, which the shell does not interpret. */
  private static final String LIMITED =
      "ulimit -c 0 && ulimit -f 0 && ulimit -v \"$1\" && ulimit -t \"$2\" && shift 2 && exec \"$@\"";

  private static final ScheduledThreadPoolExecutor WATCHDOG = watchdog();

  private final Process process;
  private final Thread messages;
  private final InputStream output;
  private final TimeBudget budget;
  private volatile boolean timedOut;

  /**
   * Starts a process.
   *
   * @param command an absolute path and its arguments
   * @param folder its working directory
   * @param budget how long {@link #output} may wait in all; waiting spends it
   * @param lines takes each line of its standard error, on another thread
   */
  ChildProcess(List<String> command, Path folder, TimeBudget budget, Consumer<String> lines)
      throws IOException {
    List<String> limited = new ArrayList<>();
    limited.addAll(List.of("/bin/sh", "-c", LIMITED, "sh"));
    limited.add(Integer.toString(MEMORY_KIBIBYTES));
    limited.add(Long.toString(budget.secondsLeft() + 1));
    limited.addAll(command);
    ProcessBuilder builder = new ProcessBuilder(limited).directory(folder.toFile());
    builder.redirectInput(new File("/dev/null"));
    Map<String, String> environment = builder.environment();
    environment.clear();
    environment.put("LC_ALL", "C");
    this.process = builder.start();
    this.budget = budget;
    this.output = new Watched(process.getInputStream());
    this.messages =
        new Thread(() -> forward(process.getErrorStream(), lines), "messages of " + process.pid());
    messages.setDaemon(true);
    messages.start();
  }

  /** Its standard output. */
  InputStream output() {
    return output;
  }

  /** Whether it was killed because it took too long. */
  boolean timedOut() {
    return timedOut;
  }

  /**
   * Waits for the end of a process whose output has ended.
   *
   * @return its exit code; above 128 when a signal ended it
   */
  int exitCode() {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          if (!process.waitFor(REAPING.toMillis(), TimeUnit.MILLISECONDS)) {
            process.destroyForcibly();
            process.waitFor();
          }
          messages.join();
          return process.exitValue();
        } catch (InterruptedException e) {
          process.destroyForcibly();
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Kills it if it still runs, and waits for its end. */
  @Override
  public void close() {
    process.destroyForcibly();
    exitCode();
    Closing.quietly(process.getInputStream());
    Closing.quietly(process.getErrorStream());
  }

  private static void forward(InputStream bytes, Consumer<String> lines) {
    byte[] buffer = new byte[1 << 13];
    StringBuilder line = new StringBuilder();
    try {
      int read;
      while ((read = bytes.read(buffer)) >= 0) {
        String text = new String(buffer, 0, read, StandardCharsets.US_ASCII);
        for (int i = 0; i < text.length(); i++) {
          char c = text.charAt(i);
          if (c == '\n') {
            lines.accept(line.toString());
            line.setLength(0);
          } else if (line.length() < LONGEST_LINE) {
            line.append(c >= ' ' && c <= '~' ? c : '?');
          }
        }
      }
    } catch (IOException e) {
      // The process has been killed; what it said until then has been told.
    }
    if (line.length() > 0) {
      lines.accept(line.toString());
    }
  }

  private static ScheduledThreadPoolExecutor watchdog() {
    ScheduledThreadPoolExecutor executor =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "decoder watchdog");
              thread.setDaemon(true);
              return thread;
            });
    executor.setRemoveOnCancelPolicy(true);
    return executor;
  }

  /** Counts the time spent waiting for a process, and kills it when there is none left. */
  private final class Watched extends FilterInputStream {
    Watched(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      long start = System.nanoTime();
      Future<?> killer =
          WATCHDOG.schedule(
              () -> {
                timedOut = true;
                process.destroyForcibly();
              },
              budget.nanosecondsLeft(),
              TimeUnit.NANOSECONDS);
      try {
        return super.read(bytes, offset, length);
      } finally {
        killer.cancel(false);
        budget.spend(System.nanoTime() - start);
      }
    }
  }
}
