package org.genrewise.check;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.genrewise.audio.DecoderSettings;
import org.genrewise.device.Device;
import org.genrewise.device.DeviceChoice;
import org.genrewise.network.NetworkSettings;
import org.genrewise.network.Width;

/**
 * What is checked, and how much of it.
 *
 * @param json where the results go
 * @param device what is checked
 * @param width of the network whose speed and memory are measured
 * @param inputSize height and width of its pictures, in pixels
 * @param parts that run, each by its name or the beginning of it; empty: all
 * @param steps of training, {@value #FEWEST_STEPS} or more
 * @param batches slices in a batch where speed is measured; empty: as the device suggests
 * @param runs counted runs of a measurement, 1 or more
 * @param files how many files are labelled
 * @param fileSeconds length of each, 3600 at most
 * @param limit how long a part may take
 * @param reference file of the CPU's results
 * @param python program
 * @param markdown where tables go
 */
public record CheckSettings(
    Path json,
    DeviceChoice device,
    Width width,
    int inputSize,
    List<String> parts,
    int steps,
    List<Integer> batches,
    int runs,
    List<Integer> files,
    double fileSeconds,
    Duration limit,
    Optional<Path> reference,
    String python,
    Optional<Path> markdown) {

  /** Of all networks of the check: those of the ccmusic model. */
  public static final int CLASSES = 16;

  /** Fewer tell nothing of the course of a loss. */
  public static final int FEWEST_STEPS = 40;

  private static final List<Integer> CPU_BATCHES = List.of(4, 8);
  private static final List<Integer> CUDA_BATCHES = List.of(8, 32, 128);
  private static final int LARGEST_COUNT = 100_000;
  private static final double SHORTEST_FILE = DecoderSettings.DEFAULT.minimumSeconds();
  private static final int LONGEST_FILE = 3600;

  public CheckSettings {
    parts = List.copyOf(parts);
    batches = List.copyOf(batches);
    files = List.copyOf(files);
    NetworkSettings.of(CLASSES, width, inputSize);
    require(steps >= FEWEST_STEPS, "--steps must be at least %d, not %d", FEWEST_STEPS, steps);
    require(runs >= 1, "--runs must be at least 1, not %d", runs);
    require(areCounts(batches), "--batches must be numbers from 1 on, not %s", batches);
    require(
        areCounts(files) && !files.isEmpty(), "--files must be numbers from 1 on, not %s", files);
    require(
        fileSeconds >= SHORTEST_FILE && fileSeconds <= LONGEST_FILE,
        "--file-seconds must be from %s to %d, not %s",
        SHORTEST_FILE,
        LONGEST_FILE,
        fileSeconds);
    require(limit.toMillis() > 0, "--limit must be above 0 s, not %s", limit);
  }

  private static boolean areCounts(List<Integer> numbers) {
    return numbers.stream().allMatch(number -> number >= 1 && number <= LARGEST_COUNT);
  }

  private static void require(boolean condition, String message, Object... values) {
    if (!condition) {
      throw new IllegalArgumentException(message.formatted(values));
    }
  }

  /**
   * Reads a command line: options and their values in turn, or joined by an equals sign.
   *
   * @throws IllegalArgumentException if it makes no sense; the message is for the user
   */
  public static CheckSettings parse(List<String> arguments) {
    Map<CheckOption, List<String>> given = new EnumMap<>(CheckOption.class);
    for (int i = 0; i < arguments.size(); i++) {
      String[] joined = arguments.get(i).split("=", 2);
      CheckOption option = CheckOption.named(joined[0]);
      if (joined.length == 1 && i + 1 == arguments.size()) {
        throw new IllegalArgumentException(option.text() + " needs a value: " + option.label());
      }
      String value = joined.length == 2 ? joined[1] : arguments.get(++i);
      given.computeIfAbsent(option, o -> new ArrayList<>()).add(value);
    }
    return of(given);
  }

  /**
   * Reads the texts of options.
   *
   * @param given texts of the options that were given, the last of several counts
   * @throws IllegalArgumentException if one makes no sense; the message is for the user
   */
  public static CheckSettings of(Map<CheckOption, List<String>> given) {
    CheckOptions texts = new CheckOptions(given);
    return new CheckSettings(
        texts
            .path(CheckOption.JSON)
            .orElseThrow(() -> new IllegalArgumentException("--json FILE must be given")),
        texts.read(CheckOption.DEVICE, DeviceChoice::parse),
        texts.read(CheckOption.WIDTH, Width::parse),
        texts.whole(CheckOption.INPUT_SIZE),
        given.getOrDefault(CheckOption.PART, List.of()),
        texts.whole(CheckOption.STEPS),
        texts.text(CheckOption.BATCHES).equals("auto")
            ? List.of()
            : texts.wholes(CheckOption.BATCHES),
        texts.whole(CheckOption.RUNS),
        texts.wholes(CheckOption.FILES),
        texts.number(CheckOption.FILE_SECONDS),
        Duration.ofMillis(Math.round(1000 * texts.number(CheckOption.LIMIT))),
        texts.path(CheckOption.REFERENCE),
        texts.text(CheckOption.PYTHON),
        texts.path(CheckOption.MARKDOWN));
  }

  /** A command line that {@link #parse} makes the same settings of. */
  public List<String> arguments() {
    List<String> all = new ArrayList<>();
    add(all, CheckOption.JSON, json);
    add(all, CheckOption.DEVICE, device.text());
    add(all, CheckOption.WIDTH, width);
    add(all, CheckOption.INPUT_SIZE, inputSize);
    parts.forEach(part -> add(all, CheckOption.PART, part));
    add(all, CheckOption.STEPS, steps);
    add(all, CheckOption.BATCHES, batches.isEmpty() ? "auto" : joined(batches));
    add(all, CheckOption.RUNS, runs);
    add(all, CheckOption.FILES, joined(files));
    add(all, CheckOption.FILE_SECONDS, fileSeconds);
    add(all, CheckOption.LIMIT, limit.toMillis() / 1e3);
    reference.ifPresent(file -> add(all, CheckOption.REFERENCE, file));
    add(all, CheckOption.PYTHON, python);
    markdown.ifPresent(file -> add(all, CheckOption.MARKDOWN, file));
    return all;
  }

  private static void add(List<String> all, CheckOption option, Object value) {
    all.addAll(Arrays.asList(option.text(), value.toString()));
  }

  private static String joined(List<Integer> numbers) {
    return String.join(",", numbers.stream().map(String::valueOf).toList());
  }

  /** Slices in a batch on a device. */
  public List<Integer> batches(Device.Kind kind) {
    if (!batches.isEmpty()) {
      return batches;
    }
    return kind == Device.Kind.CUDA ? CUDA_BATCHES : CPU_BATCHES;
  }

  /** The network whose speed and memory are measured. */
  public NetworkSettings network() {
    return NetworkSettings.of(CLASSES, width, inputSize);
  }
}
