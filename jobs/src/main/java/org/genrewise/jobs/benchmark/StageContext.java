package org.genrewise.jobs.benchmark;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.genrewise.check.JsonFile;
import org.genrewise.check.measure.PeakMemory;
import org.genrewise.device.DeviceChoice;
import org.genrewise.device.DeviceDecision;
import org.genrewise.device.GpuMonitor;
import org.genrewise.device.GpuUse;
import org.genrewise.device.ProcessDevice;
import org.genrewise.network.Precision;

/** What a stage works with, in its own process. */
final class StageContext {
  private static final Duration LOOKS = Duration.ofMillis(200);

  /** Longer than nvidia-smi takes to answer. */
  private static final Duration FIRST_LOOK = Duration.ofSeconds(2);

  private final Path folder;
  private final DeviceChoice choice;
  private final Precision precision;
  private final FilesSettings settings;
  private final Consumer<String> progress;
  private GpuMonitor monitor = GpuMonitor.NONE;
  private GpuUse before = GpuUse.NONE;

  /**
   * @param folder that all stages share
   * @param choice what networks run on
   * @param progress takes lines for the user
   */
  StageContext(Path folder, DeviceChoice choice, Precision precision, Consumer<String> progress)
      throws IOException {
    this.folder = folder;
    this.choice = choice;
    this.precision = precision;
    this.settings = FilesOptions.of(settings(StageFiles.settings(folder)));
    this.progress = progress;
  }

  private static org.genrewise.jobs.settings.Settings settings(Path file) throws IOException {
    List<String> assignments =
        JsonFile.read(file).entrySet().stream()
            .map(entry -> entry.getKey() + "=" + entry.getValue())
            .toList();
    return FilesOptions.SCHEMA.resolve(Optional.empty(), assignments);
  }

  Path folder() {
    return folder;
  }

  FilesSettings settings() {
    return settings;
  }

  Precision precision() {
    return precision;
  }

  /** The files as the stage that prepares them has left them. */
  PreparedFiles prepared() throws IOException {
    return PreparedFiles.of(JsonFile.read(StageFiles.prepared(folder)));
  }

  /** Tells the user how far the stage is. */
  void progress(String line) {
    progress.accept(line);
  }

  /** Starts ND4J on this stage's device, and begins to watch the memory of a GPU. */
  DeviceDecision decideDevice() throws InterruptedException {
    DeviceDecision decision = ProcessDevice.decide(choice, Optional.empty());
    monitor = ProcessDevice.watch(LOOKS);
    if (monitor != GpuMonitor.NONE) {
      TimeUnit.NANOSECONDS.sleep(FIRST_LOOK.toNanos());
      before = monitor.take();
    }
    return decision;
  }

  /** The peaks so far. */
  StageMemory memory() {
    return new StageMemory(PeakMemory.ofThisProcess(), peak(before), peak(monitor.take()));
  }

  private static Optional<Long> peak(GpuUse use) {
    return use.isKnown() ? Optional.of(use.peakBytes()) : Optional.empty();
  }

  /** The tracks that the user named. */
  List<Map<String, Object>> tracks() throws IOException {
    return Values.rows(JsonFile.read(StageFiles.tracks(folder)), "tracks");
  }
}
