package org.genrewise.device;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asks the driver's own program for the GPUs, so that neither CUDA nor ND4J is started to find out
 * that it should not have been. Where it is absent or fails, there are no GPUs.
 */
final class NvidiaSmi {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int LONGEST_ANSWER = 1 << 16;
  private static final String FORMAT = "--format=csv,noheader,nounits";
  private static final int FIELDS = 5;
  private static final long MEBIBYTE = 1 << 20;

  private final String program;
  private final Optional<String> visible;
  private final Duration patience;

  /**
   * @param program a path, or a name that is looked for on the PATH
   * @param visible what CUDA_VISIBLE_DEVICES says; empty: all GPUs
   * @param patience how long an answer may take
   */
  NvidiaSmi(String program, Optional<String> visible, Duration patience) {
    this.program = program;
    this.visible = visible;
    this.patience = patience;
  }

  /** The one on the PATH, with what this process may see. */
  static NvidiaSmi onPath() {
    return new NvidiaSmi(
        "nvidia-smi", Optional.ofNullable(System.getenv("CUDA_VISIBLE_DEVICES")), PATIENCE);
  }

  /** The GPUs that this process may use. */
  Detection detect() {
    try {
      List<Gpu> all = new ArrayList<>();
      for (String line : ask("--query-gpu=index,uuid,name,compute_cap,memory.total", FORMAT)) {
        all.add(gpu(line));
      }
      List<Gpu> seen = visible.map(list -> seen(list, all)).orElse(all);
      if (seen.isEmpty()) {
        return Detection.none(
            all.isEmpty()
                ? program + " lists none"
                : "CUDA_VISIBLE_DEVICES = '%s' names none of %d"
                    .formatted(visible.get(), all.size()));
      }
      List<Gpu> counted = new ArrayList<>();
      for (Gpu gpu : seen) {
        counted.add(
            new Gpu(
                gpu.index(),
                counted.size(),
                gpu.uuid(),
                gpu.name(),
                gpu.capability(),
                gpu.memoryBytes()));
      }
      return Detection.of(counted);
    } catch (IOException e) {
      return Detection.none(e.getMessage());
    }
  }

  private Gpu gpu(String line) throws IOException {
    String[] fields = line.split(",", -1);
    try {
      if (fields.length == FIELDS) {
        return new Gpu(
            Integer.parseInt(fields[0].strip()),
            0,
            fields[1].strip(),
            fields[2].strip(),
            ComputeCapability.parse(fields[3]),
            Long.parseLong(fields[4].strip()) * MEBIBYTE);
      }
    } catch (IllegalArgumentException e) {
      // told below, as for a missing field
    }
    throw new IOException(
        "%s says '%s', which tells no compute capability; a driver of release 510 or later does"
            .formatted(program, line));
  }

  /** By CUDA's rules: the order is that of the list, and what it does not know ends the list. */
  private static List<Gpu> seen(String list, List<Gpu> all) {
    List<Gpu> seen = new ArrayList<>();
    for (String entry : list.split(",")) {
      String name = entry.strip();
      Optional<Gpu> named =
          all.stream()
              .filter(
                  gpu ->
                      gpu.hasAddress(name)
                          || (name.startsWith("GPU-") && gpu.uuid().startsWith(name)))
              .findFirst();
      if (named.isEmpty()) {
        break;
      }
      seen.add(named.get());
    }
    return seen;
  }

  /** Release of the driver; empty if it does not say. */
  Optional<String> driver() {
    try {
      return ask("--query-gpu=driver_version", FORMAT).stream().findFirst().map(String::strip);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** How busy a GPU is just now; empty if it does not say. */
  Optional<GpuUse> use(Gpu gpu) {
    try {
      List<String> lines =
          ask("--query-gpu=utilization.gpu,memory.used,memory.total", FORMAT, "-i", gpu.uuid());
      String[] fields = lines.isEmpty() ? new String[0] : lines.get(0).split(",", -1);
      return fields.length == 3
          ? Optional.of(
              GpuUse.of(
                  Double.parseDouble(fields[0].strip()) / 100,
                  Long.parseLong(fields[1].strip()) * MEBIBYTE,
                  Long.parseLong(fields[2].strip()) * MEBIBYTE))
          : Optional.empty();
    } catch (IOException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** Lines of an answer; throws IOException with a reason that a user understands. */
  private List<String> ask(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(program));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.redirectInput(new File("/dev/null"));
    builder.environment().put("LC_ALL", "C");
    Process process;
    try {
      process = builder.start();
    } catch (IOException e) {
      throw new IOException("there is no program " + program, e);
    }
    try {
      String answer = answer(process);
      if (process.exitValue() != 0) {
        throw new IOException(
            "%s failed with %d: %s"
                .formatted(
                    program, process.exitValue(), answer.lines().findFirst().orElse("no message")));
      }
      return answer.lines().filter(line -> !line.isBlank()).toList();
    } finally {
      process.destroyForcibly();
    }
  }

  private String answer(Process process) throws IOException {
    CompletableFuture<String> answer = new CompletableFuture<>();
    Thread reader = new Thread(() -> read(process, answer), "nvidia-smi reader");
    reader.setDaemon(true);
    reader.start();
    try {
      long begin = System.nanoTime();
      String text = answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
      long left = patience.toNanos() - (System.nanoTime() - begin);
      if (process.waitFor(left, TimeUnit.NANOSECONDS)) {
        return text;
      }
    } catch (TimeoutException e) {
      // told below, as for one that closes its output and stays
    } catch (ExecutionException e) {
      throw new IOException("the answer of %s cannot be read".formatted(program), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while %s was asked".formatted(program), e);
    }
    throw new IOException(
        "%s did not answer within %.0f s".formatted(program, patience.toMillis() / 1e3));
  }

  private static void read(Process process, CompletableFuture<String> answer) {
    try (InputStream output = process.getInputStream()) {
      answer.complete(new String(output.readNBytes(LONGEST_ANSWER), StandardCharsets.UTF_8));
    } catch (IOException e) {
      answer.completeExceptionally(e);
    }
  }
}
