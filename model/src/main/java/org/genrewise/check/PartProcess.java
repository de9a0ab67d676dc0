package org.genrewise.check;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs a part in a JVM of its own, with this one's class path and options: ND4J has one device a
 * process, a fault in the libraries of a GPU ends the process that it is in, and a computation that
 * hangs there cannot be stopped in any other way.
 */
final class PartProcess {
  private static final Duration GRACE = Duration.ofSeconds(10);
  private static final Duration LOOK = Duration.ofMillis(200);
  private static final int KEPT_LINES = 40;

  private final Class<?> main;
  private final CheckSettings settings;
  private final Path folder;
  private final Deque<String> said = new ArrayDeque<>();

  /**
   * @param main has the method main of {@link PartMain}
   * @param folder that all parts share
   */
  PartProcess(Class<?> main, CheckSettings settings, Path folder) {
    this.main = main;
    this.settings = settings;
    this.folder = folder;
  }

  /**
   * Runs a part to its end.
   *
   * @param found is called with what is known, whenever that has changed
   */
  PartReport run(String part, PartProgress progress, Found found) throws IOException {
    long begin = System.nanoTime();
    PartReport report = PartReport.waiting(part).with(PartStatus.RUNNING);
    Process process = new ProcessBuilder(command(part)).redirectErrorStream(true).start();
    try {
      Thread reader = new Thread(() -> listen(process, progress), "output of " + part);
      reader.setDaemon(true);
      reader.start();
      Duration patience = settings.limit().plus(GRACE);
      boolean ended = false;
      while (!ended && seconds(begin) < patience.toMillis() / 1e3) {
        ended = process.waitFor(LOOK.toMillis(), TimeUnit.MILLISECONDS);
        PartReport now = read(report);
        if (!now.equals(report)) {
          report = now;
          found.tell(report.with(seconds(begin)));
        }
      }
      ChildJvm.kill(process);
      process.waitFor();
      reader.join(GRACE.toMillis());
      return closed(read(report), ended, process.exitValue()).with(seconds(begin));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return report.failed("interrupted").with(seconds(begin));
    } finally {
      ChildJvm.kill(process);
    }
  }

  /** Hears what is known of a part. */
  @FunctionalInterface
  interface Found {
    void tell(PartReport report) throws IOException;
  }

  private PartReport closed(PartReport report, boolean ended, int exitCode) {
    if (report.status() != PartStatus.RUNNING) {
      return report;
    }
    return report.failed(
        ended
            ? "its process ended with exit code %d and said:%n%s".formatted(exitCode, said())
            : "it did not end within %.0f s (--limit), nor when it was told to, and was killed; it said:%n%s"
                .formatted(settings.limit().toMillis() / 1e3, said()));
  }

  private PartReport read(PartReport before) throws IOException {
    Path file = PartContext.file(folder, before.name());
    return Files.exists(file) ? PartReport.of(JsonFile.read(file)) : before;
  }

  private static double seconds(long begin) {
    return (System.nanoTime() - begin) / 1e9;
  }

  private void listen(Process process, PartProgress progress) {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith(PartMain.PROGRESS)) {
          String[] words = line.substring(PartMain.PROGRESS.length()).split(" ", 2);
          progress.tell(Integer.parseInt(words[0]) / 1e3, words[1]);
        } else {
          keep(line);
        }
      }
    } catch (IOException e) {
      keep("(its output cannot be read: " + e.getMessage() + ")");
    }
  }

  private synchronized void keep(String line) {
    said.add(line);
    if (said.size() > KEPT_LINES) {
      said.remove();
    }
  }

  private synchronized String said() {
    return said.isEmpty() ? "(nothing)" : String.join("\n", said);
  }

  private List<String> command(String part) {
    List<String> arguments = new ArrayList<>(List.of(folder.toString(), part));
    arguments.addAll(settings.arguments());
    return ChildJvm.command(main, folder.resolve(part + ".crash"), arguments);
  }
}
